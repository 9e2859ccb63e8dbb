import { expect } from 'chai';
import type { PagePort } from '../../widget/flow/ports.ts';
import { createPageLife } from '../../widget/host/page-life.ts';

/** A page of its own, in a frame, that events can be sent to. */
function pageWithListeners() {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const page = frame.contentWindow!;
  const port: PagePort = createPageLife(page);
  const heard: string[] = [];
  const controller = new AbortController();
  let wake: (() => void) | undefined;
  const hear = (what: string) => {
    heard.push(what);
    wake?.();
  };
  port.listen(
    {
      left: () => hear('left'),
      returned: (cached) => hear(cached ? 'returned from cache' : 'returned'),
      connectionChanged: (online) => hear(online ? 'online' : 'offline'),
      signedOutElsewhere: () => hear('signed out'),
      grantOpenedElsewhere: () => hear('grant opened'),
    },
    controller.signal,
  );
  return {
    page,
    port,
    heard,
    stop: () => controller.abort(),
    next: () =>
      new Promise<void>((resolve) => {
        wake = resolve;
      }),
    remove: () => {
      controller.abort();
      frame.remove();
    },
  };
}

const cached = (type: string, persisted: boolean) => new PageTransitionEvent(type, { persisted });

describe('the life of the page', () => {
  it('R18: tells of leaving, and of coming back from the back/forward cache', () => {
    const { page, heard, remove } = pageWithListeners();
    page.dispatchEvent(cached('pagehide', true));
    page.dispatchEvent(cached('pageshow', true));
    expect(heard).to.deep.equal(['left', 'returned from cache']);
    remove();
  });

  it('a page that is shown for the first time has not come back', () => {
    const { page, heard, remove } = pageWithListeners();
    page.dispatchEvent(cached('pageshow', false));
    expect(heard).to.deep.equal([]);
    remove();
  });

  it('tells of coming back to the front, and of the network', () => {
    const { page, port, heard, remove } = pageWithListeners();
    page.document.dispatchEvent(new Event('visibilitychange'));
    page.dispatchEvent(new Event('offline'));
    page.dispatchEvent(new Event('online'));
    expect(heard).to.deep.equal(['returned', 'offline', 'online']);
    expect(port.online()).to.equal(navigator.onLine);
    remove();
  });

  it('R19: a sign-out reaches the other tabs and not the one it was made in', async () => {
    const here = pageWithListeners();
    const there = pageWithListeners();
    const heard = there.next();
    here.port.tellSignedOut();
    await heard;
    expect(there.heard).to.deep.equal(['signed out']);
    expect(here.heard).to.deep.equal([]);
    here.remove();
    there.remove();
  });

  it('tells the other tabs of a grant that has ended theirs, and not its own', async () => {
    const here = pageWithListeners();
    const there = pageWithListeners();
    const heard = there.next();
    here.port.tellGrantOpened();
    await heard;
    expect(there.heard).to.deep.equal(['grant opened']);
    expect(here.heard).to.deep.equal([]);
    here.remove();
    there.remove();
  });

  it('R19: a sign-out made while the component is closed reaches them too', async () => {
    const there = pageWithListeners();
    const heard = there.next();
    createPageLife(window).tellSignedOut();
    await heard;
    expect(there.heard).to.deep.equal(['signed out']);
    there.remove();
  });

  it('R19: a page that was in the back/forward cache hears of the next sign-out', async () => {
    const there = pageWithListeners();
    there.page.dispatchEvent(cached('pagehide', true));
    there.page.dispatchEvent(cached('pageshow', true));
    const heard = there.next();
    createPageLife(window).tellSignedOut();
    await heard;
    expect(there.heard.at(-1)).to.equal('signed out');
    there.remove();
  });

  it('hears nothing once nobody listens', () => {
    const { page, heard, stop, remove } = pageWithListeners();
    stop();
    page.dispatchEvent(cached('pagehide', true));
    page.dispatchEvent(new Event('offline'));
    expect(heard).to.deep.equal([]);
    remove();
  });

  it('keeping awake is asked for and given back, and its refusal harms nothing', async () => {
    const { page, port, remove } = pageWithListeners();
    let held = 0;
    const sentinel = {
      release: async () => {
        held--;
      },
    };
    Object.defineProperty(page.navigator, 'wakeLock', {
      value: {
        request: async () => {
          held++;
          return sentinel;
        },
      },
    });
    port.scanMode(true);
    await Promise.resolve();
    await Promise.resolve();
    expect(held).to.equal(1);
    port.scanMode(false);
    await Promise.resolve();
    expect(held).to.equal(0);

    // The frame's own lock is refused: it is in no top-level page's front.
    createPageLife(window).scanMode(true);
    createPageLife(window).scanMode(false);
    remove();
  });
});
