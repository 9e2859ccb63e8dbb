import { expect } from 'chai';
import type { LocationAnswer } from '../../widget/flow/ports.ts';
import { createBrowserLocation } from '../../widget/host/browser-location.ts';

/** A geolocation in the test's hand: it answers when told to, or never. */
class Hand implements Geolocation {
  succeed: PositionCallback | undefined;
  fail: PositionErrorCallback | null | undefined;
  options: PositionOptions | undefined;
  #isAsked: () => void = () => undefined;
  readonly asked = new Promise<void>((resolve) => {
    this.#isAsked = resolve;
  });

  getCurrentPosition(
    succeed: PositionCallback,
    fail?: PositionErrorCallback | null,
    options?: PositionOptions,
  ): void {
    Object.assign(this, { succeed, fail, options });
    this.#isAsked();
  }
  watchPosition = (): number => 0;
  clearWatch = (): void => undefined;
}

interface Timer {
  milliseconds: number;
  callback: () => void;
  cancelled: boolean;
}

function setUp(
  change: {
    geolocation?: undefined;
    secureContext?: boolean;
    permission?: PermissionState;
    withheld?: true;
  } = {},
) {
  const hand = new Hand();
  const timers: Timer[] = [];
  const controller = new AbortController();
  const browser = { permission: change.permission };
  const port = createBrowserLocation({
    geolocation: 'geolocation' in change ? undefined : hand,
    permission: async () => browser.permission,
    withheld: async () => change.withheld ?? false,
    secureContext: change.secureContext ?? true,
    after: (milliseconds, callback) => {
      const timer = { milliseconds, callback, cancelled: false };
      timers.push(timer);
      return () => {
        timer.cancelled = true;
      };
    },
  });
  return { hand, timers, controller, browser, answer: port.locate(controller.signal) };
}

const position = { coords: { latitude: 39.9, longitude: 116.3 } } as GeolocationPosition;
const failed = (reason: string): LocationAnswer =>
  ({ ok: false, reason }) as unknown as LocationAnswer;

describe('the browser’s location', () => {
  it('R6: gives coordinates and nothing else, and stops the watchdog', async () => {
    const { hand, timers, answer } = setUp();
    await hand.asked;
    hand.succeed?.(position);
    expect(await answer).to.deep.equal({
      ok: true,
      coordinates: { latitude: 39.9, longitude: 116.3 },
    });
    expect(timers[0]?.cancelled).to.equal(true);
  });

  it('R6: each failure has its reason', async () => {
    for (const [code, reason] of [
      [1, 'denied'],
      [2, 'unavailable'],
      [3, 'timeout'],
      [9, 'unavailable'],
    ] as const) {
      const { hand, answer } = setUp();
      await hand.asked;
      hand.fail?.({ code } as GeolocationPositionError);
      expect(await answer).to.deep.equal(failed(reason));
    }
  });

  it('R6: a refusal for good is told from one for this time, which asking again can mend', async () => {
    for (const [permission, reason] of [
      ['denied', 'blocked'],
      ['prompt', 'denied'],
    ] as const) {
      const { hand, answer } = setUp({ permission });
      await hand.asked;
      hand.fail?.({ code: 1 } as GeolocationPositionError);
      expect(await answer).to.deep.equal(failed(reason));
    }
  });

  it('B5: one that the page around withholds is told from the traveller’s own refusal', async () => {
    const { hand, answer } = setUp({ permission: 'denied', withheld: true });
    await hand.asked;
    hand.fail?.({ code: 1 } as GeolocationPositionError);
    expect(await answer).to.deep.equal(failed('withheld'));
  });

  it('R6: a platform that never calls back is answered for, later than its own timeout', async () => {
    const { hand, timers, answer } = setUp();
    await hand.asked;
    const [watchdog] = timers;
    expect(watchdog?.milliseconds).to.be.greaterThan(hand.options?.timeout ?? Infinity);
    watchdog?.callback();
    expect(await answer).to.deep.equal(failed('no-answer'));
  });

  it('R6: while the browser asks there is time to answer, and no talk of a weak signal after it', async () => {
    for (const late of [
      ({ hand }: ReturnType<typeof setUp>) => hand.fail?.({ code: 3 } as GeolocationPositionError),
      ({ timers }: ReturnType<typeof setUp>) => timers[0]?.callback(),
    ]) {
      const open = setUp({ permission: 'prompt' });
      await open.hand.asked;
      expect(open.hand.options?.timeout).to.equal(open.timers[0]?.milliseconds);
      late(open);
      expect(await open.answer).to.deep.equal(failed('unanswered'));
    }
  });

  it('R6: allowed, and then not found in time, is a weak signal again', async () => {
    const { hand, browser, answer } = setUp({ permission: 'prompt' });
    await hand.asked;
    browser.permission = 'granted';
    hand.fail?.({ code: 3 } as GeolocationPositionError);
    expect(await answer).to.deep.equal(failed('timeout'));
  });

  it('R6: no geolocation, or no secure context, is unsupported, and nothing is waited for', async () => {
    for (const change of [{ geolocation: undefined }, { secureContext: false }]) {
      const { timers, answer } = setUp(change);
      expect(await answer).to.deep.equal(failed('unsupported'));
      expect(timers).to.have.length(0);
    }
  });

  it('ends when nobody waits for it any more', async () => {
    const { hand, timers, controller, answer } = setUp();
    await hand.asked;
    controller.abort();
    await answer;
    expect(timers[0]?.cancelled).to.equal(true);
  });
});
