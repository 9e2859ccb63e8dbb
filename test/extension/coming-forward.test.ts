import { expect } from 'chai';
import { pageComesForward, panelComesForward } from '../../extension/coming-forward.ts';
import { send } from '../../extension/messages.ts';
import { openPage } from '../../extension/open-page.ts';
import { HandEvent } from './surface-fixture.ts';

type Answer = Promise<unknown> | undefined;

/** A browser whose surfaces can call each other, with a list of what it was asked to do. */
function hands() {
  const asked: string[] = [];
  const onMessage = new HandEvent<(message: unknown) => Answer>();
  const browser = (tab: number) => ({
    runtime: {
      onMessage,
      getURL: (path: string) => `extension://id/${path}`,
      sendMessage: async (message: unknown) => {
        const answers = onMessage.tell(message).filter((answer) => answer !== undefined);
        if (answers.length === 0) throw new Error('Receiving end does not exist.');
        return answers[0];
      },
    },
    tabs: {
      getCurrent: async () => ({ id: tab, windowId: tab * 10 }),
      update: async (id: number, { active }: { active?: boolean }) =>
        void (active && asked.push(`tab ${id}`)),
      create: async ({ url }: { url?: string }) => void asked.push(`new ${url}`),
    },
    windows: {
      getCurrent: async () => ({ id: tab * 10 }),
      update: async (id: number, { focused }: { focused?: boolean }) =>
        void (focused && asked.push(`window ${id}`)),
    },
  });
  return { asked, browser };
}
type Pages = Parameters<typeof pageComesForward>;
type Opener = Parameters<typeof openPage>[0];

function surfaces() {
  const { asked, browser } = hands();
  const closings: AbortController[] = [];
  const opening = () => {
    const closing = new AbortController();
    closings.push(closing);
    return closing;
  };
  return {
    asked,
    /** A page in a tab of its own. */
    page: (tab: number, acts = () => false, hasCode = () => false) => {
      const closing = opening();
      pageComesForward(
        browser(tab) as unknown as Pages[0],
        { open: (screen) => asked.push(`${screen} in ${tab}`), acts, hasCode },
        navigator.locks,
        closing.signal,
      );
      return closing;
    },
    panel: (window: number, acts: () => boolean, hasCode = () => false) =>
      panelComesForward(
        browser(window) as unknown as Pages[0],
        { open: (screen) => asked.push(`${screen} in panel ${window}`), acts, hasCode },
        opening().signal,
      ),
    hasCode: () => send(browser(0).runtime as unknown as Opener['runtime'], 'has-code', undefined),
    goToCode: () =>
      send(browser(0).runtime as unknown as Opener['runtime'], 'show-code', undefined),
    openPage: (screen: 'code' | 'application') => openPage(browser(0) as unknown as Opener, screen),
    goWhereActing: () =>
      send(browser(0).runtime as unknown as Opener['runtime'], 'come-forward', {
        screen: undefined,
      }),
    close: async () => {
      for (const closing of closings) closing.abort();
      while ((await navigator.locks.query()).held?.length) await task();
    },
  };
}
const task = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
/** The page that is there first answers as soon as it knows that it is. */
async function isFirst(): Promise<void> {
  while (!(await navigator.locks.query()).held?.length) await task();
}

describe('coming to the front', () => {
  let around: ReturnType<typeof surfaces>;
  beforeEach(() => {
    around = surfaces();
  });
  afterEach(() => around.close());

  it('opens a tab with the page when there is none', async () => {
    await around.openPage('code');
    expect(around.asked).to.deep.equal(['new extension://id/page.html?screen=code']);
  });

  it('is what the page does that is there, at the screen that is wanted', async () => {
    around.page(1);
    await isFirst();
    await around.openPage('application');
    expect(around.asked).to.deep.equal(['application in 1', 'tab 1', 'window 10']);
  });

  it('is done by one page of two, and by the other when that is closed', async () => {
    const first = around.page(1);
    await isFirst();
    around.page(2);
    await around.openPage('code');
    expect(around.asked).to.deep.equal(['code in 1', 'tab 1', 'window 10']);
    first.abort();
    await task();
    while (!(await navigator.locks.query()).held?.length) await task();
    around.asked.length = 0;
    await around.openPage('code');
    expect(around.asked).to.deep.equal(['code in 2', 'tab 2', 'window 20']);
  });

  it('ends nothing that is under way: a page that acts stays at its screen', async () => {
    around.page(1, () => true);
    await isFirst();
    await around.openPage('code');
    expect(around.asked).to.deep.equal(['tab 1', 'window 10']);
  });

  it('is done by whichever surface acts when no screen is wanted', async () => {
    around.page(1);
    await isFirst();
    around.panel(3, () => true);
    around.panel(4, () => false);
    expect(await around.goWhereActing()).to.equal(true);
    expect(around.asked).to.deep.equal(['window 30']);
  });

  it('is left to the page when one is wanted, even while a panel acts', async () => {
    around.panel(3, () => true);
    await around.openPage('code');
    expect(around.asked).to.deep.equal(['new extension://id/page.html?screen=code']);
  });

  it('is done with the code by whoever has it, be it a page or a panel', async () => {
    const nobody = (): boolean => false;
    const has = { page: true, panel: false };
    around.page(1);
    around.page(2, nobody, () => has.page);
    around.panel(3, nobody, () => has.panel);
    expect(await around.hasCode()).to.equal(true);
    expect(await around.goToCode()).to.equal(true);
    expect(around.asked).to.deep.equal(['code in 2', 'tab 2', 'window 20']);

    around.asked.length = 0;
    Object.assign(has, { page: false, panel: true });
    expect(await around.goToCode()).to.equal(true);
    expect(around.asked).to.deep.equal(['code in panel 3', 'window 30']);

    has.panel = false;
    expect(await around.hasCode()).to.equal(undefined);
    expect(await around.goToCode()).to.equal(undefined);
  });

  it('is nobody’s when nobody acts any more', async () => {
    around.page(1);
    await isFirst();
    expect(await around.goWhereActing()).to.equal(undefined);
    expect(around.asked).to.deep.equal([]);
  });
});
