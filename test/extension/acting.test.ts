import { expect } from 'chai';
import { createActing } from '../../extension/acting.ts';

/** What a surface hears of the others, and the next of it. */
function hearing(acting: ReturnType<typeof createActing>) {
  const closing = new AbortController();
  const heard: boolean[] = [];
  let wake: (() => void) | undefined;
  acting.watch((elsewhere) => {
    heard.push(elsewhere);
    wake?.();
  }, closing.signal);
  const until = async (elsewhere: boolean): Promise<void> => {
    while (heard.at(-1) !== elsewhere) await new Promise<void>((resolve) => (wake = resolve));
  };
  return { heard, until, close: () => closing.abort() };
}

const task = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('who acts', () => {
  const surfaces: ReturnType<typeof createActing>[] = [];
  const surface = () => {
    const acting = createActing(navigator.locks);
    surfaces.push(acting);
    return acting;
  };
  afterEach(async () => {
    for (const acting of surfaces.splice(0)) acting.end();
    while ((await navigator.locks.query()).held?.length) await task();
  });

  it('is one surface at a time, and the next one when that has ended', async () => {
    const [page, panel] = [surface(), surface()];
    expect(await page.begin()).to.equal(true);
    expect(page.here()).to.equal(true);
    expect(await panel.begin()).to.equal(false);
    expect(panel.here()).to.equal(false);

    const { until, close } = hearing(panel);
    page.end();
    await until(false);
    expect(await panel.begin()).to.equal(true);
    close();
  });

  it('is one even when two begin at the same time', async () => {
    const begun = await Promise.all([surface().begin(), surface().begin(), surface().begin()]);
    expect(begun.filter(Boolean)).to.have.length(1);
  });

  it('goes on when it begins again', async () => {
    const page = surface();
    expect(await Promise.all([page.begin(), page.begin()])).to.deep.equal([true, true]);
    expect(await page.begin()).to.equal(true);
  });

  it('is told to the others when it begins and when it ends', async () => {
    const [page, panel] = [surface(), surface()];
    const { heard, until, close } = hearing(panel);
    await until(false);
    await page.begin();
    await until(true);
    page.end();
    await until(false);
    await page.begin();
    await until(true);
    expect(heard).to.deep.equal([false, true, false, true]);
    close();
  });

  it('is told to a surface that opens while another acts', async () => {
    await surface().begin();
    const { until, close } = hearing(surface());
    await until(true);
    close();
  });

  it('is not told to whoever acts', async () => {
    const page = surface();
    await page.begin();
    const { heard, until, close } = hearing(page);
    await until(false);
    expect(heard).to.deep.equal([false]);
    close();
  });

  it('is known to have ended when its window is closed without a word', async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const gone = createActing(frame.contentWindow!.navigator.locks);
    expect(await gone.begin()).to.equal(true);
    const { until, close } = hearing(surface());
    await until(true);
    frame.remove();
    await until(false);
    expect(await surface().begin()).to.equal(true);
    close();
  });

  it('a surface that waits for the end keeps nobody from beginning', async () => {
    const [page, panel] = [surface(), surface()];
    await page.begin();
    const watchers = [hearing(panel), hearing(surface()), hearing(surface())];
    await Promise.all(watchers.map(({ until }) => until(true)));
    for (let round = 0; round < 20; round++) {
      page.end();
      // At once, while the others have only just come to know.
      expect(await page.begin(), `round ${round}`).to.equal(true);
    }
    watchers.forEach(({ close }) => close());
  });

  it('is told to nobody who has left', async () => {
    const page = surface();
    const { heard, until, close } = hearing(surface());
    await until(false);
    close();
    await page.begin();
    const later = hearing(surface());
    await later.until(true);
    expect(heard).to.deep.equal([false]);
    later.close();
  });
});
