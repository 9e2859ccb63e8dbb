import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  createCodeClock,
  secondsLeft,
  showingStatus,
  windowAt,
  windowsOf,
  type CodeClock,
} from '../../widget/flow/code-clock.ts';
import { mintPack, type CodeSigningKey } from '../../widget/protocol/code/mint.ts';
import { policy } from '../../widget/protocol/policy.ts';
import { edge } from '../edge.ts';
import { at, showing } from '../elements/states.ts';
import { HandClock } from './hand-clock.ts';
import { inEachZone } from '../time-zones.ts';

const day = 24 * 60 * 60 * 1000;
let key: CodeSigningKey;

const clockOf = (phone: HandClock) =>
  createCodeClock({ now: () => phone.now, elapsed: () => phone.elapsed });

const pack = (from: number, until: number): Promise<string[]> =>
  mintPack(
    {
      grantId: 'AAAABBBB',
      firstCounter: 0,
      from,
      until,
      codeSeconds: policy.codeSeconds,
      subjectAt: () => 'A'.repeat(22),
    },
    key,
  );

describe('the code clock', () => {
  before(async () => {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
    const { privateKey } = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
    key = { kid: 'k1', privateKey };
  });

  it('R15, B1: a pack covers the grant’s 30 minutes with 30 codes and no blank second', async () => {
    const windows = windowsOf(await pack(at, at + policy.grantSeconds));
    assert.ok(windows);
    assert.equal(windows.length, 30);
    const seen = new Set<string>();
    for (let second = at; second < at + policy.grantSeconds; second++) {
      const window = windowAt(windows, second * 1000);
      assert.ok(window, String(second - at));
      assert.ok(window.from <= second && second < window.until);
      assert.equal(secondsLeft(window, second * 1000), 60 - ((second - at) % 60));
      seen.add(window.code);
    }
    assert.equal(seen.size, 30);
  });

  it('R17: at the grant’s end there is no code, to the millisecond', async () => {
    const until = at + policy.grantSeconds;
    const windows = windowsOf(await pack(at, until)) ?? [];
    assert.ok(windowAt(windows, until * 1000 - 1));
    assert.equal(windowAt(windows, until * 1000), undefined);
  });

  it('the last window may be short', async () => {
    const windows = windowsOf(await pack(at, at + 90)) ?? [];
    assert.equal(windows.length, 2);
    assert.equal(secondsLeft(windows[1]!, (at + 60) * 1000), 30);
  });

  it('B3: a phone clock that is wrong by up to a day either way shows the same code', async () => {
    const windows = windowsOf(await pack(at, at + policy.grantSeconds)) ?? [];
    fc.assert(
      fc.property(
        fc.integer({ min: -day, max: day }),
        fc.integer({ min: 0, max: policy.grantSeconds * 1000 - 1 }),
        (wrongBy, later) => {
          const phone = new HandClock(at * 1000 + wrongBy);
          const clock = clockOf(phone);
          clock.set(at * 1000);
          phone.advance(later);
          assert.equal(clock.serverNow(), at * 1000 + later);
          assert.equal(
            windowAt(windows, clock.serverNow())?.from,
            at + Math.floor(later / 60_000) * 60,
          );
        },
      ),
    );
  });

  it('what was kept with the pack counts until an answer brings the server’s clock', () => {
    const clock = clockOf(new HandClock(1_000_000));
    assert.equal(clock.isSet(), false);
    clock.restore(5000);
    assert.equal(clock.seconds(), 1005);
    clock.set(2_000_000);
    clock.restore(5000);
    assert.equal(clock.offset(), 1_000_000);
    assert.equal(clock.isSet(), true);
  });

  it('B3: set back or forward while open, the phone’s clock is doubted until the server’s comes', () => {
    for (const jump of [-day, day]) {
      const phone = new HandClock(at * 1000);
      const clock = clockOf(phone);
      clock.set(at * 1000);
      phone.advance(5000);
      assert.equal(clock.isDoubtful(), false);
      phone.now += jump;
      assert.equal(clock.isDoubtful(), true);
      clock.set(at * 1000 + 5000);
      phone.advance(1000);
      assert.equal(clock.isDoubtful(), false);
      assert.equal(clock.serverNow(), at * 1000 + 6000);
    }
  });

  it('B3: set back, it is not believed at all: time has gone on', () => {
    const phone = new HandClock(at * 1000);
    const clock = clockOf(phone);
    clock.set(at * 1000);
    phone.advance(5000);
    phone.now -= day;
    assert.equal(clock.serverNow(), at * 1000 + 5000);
  });

  it('B1: after 20 minutes of sleep, in which one clock may rest, the right window shows', async () => {
    const windows = windowsOf(await pack(at, at + policy.grantSeconds)) ?? [];
    const phone = new HandClock(at * 1000);
    const clock = clockOf(phone);
    clock.set(at * 1000);
    phone.now += 20 * 60_000;
    assert.equal(windowAt(windows, clock.serverNow())?.from, at + 20 * 60);
  });

  it('of two windows that hold, the one that opened last is shown, as after 刷新', () => {
    const older = { code: 'older', from: 0, until: 60 };
    const newer = { code: 'newer', from: 20, until: 80 };
    assert.equal(windowAt([older, newer], 30_000), newer);
    assert.equal(windowAt([older, newer], 10_000), older);
  });

  it('a clock that is a little behind shows the first window rather than nothing', () => {
    const first = { code: 'first', from: 10, until: 70 };
    assert.equal(windowAt([first], 9_000), first);
  });

  it('a pack that is empty or holds anything else than codes is not taken', async () => {
    assert.equal(windowsOf([]), undefined);
    assert.equal(windowsOf(['not a code']), undefined);
    const claims = (text: string) => `e30.${Buffer.from(text).toString('base64url')}.AA`;
    for (const text of ['{}', '{"nbf":"1","exp":2}', '{"nbf":2,"exp":2}', '{"nbf":1.5,"exp":2}']) {
      assert.equal(windowsOf([claims(text)]), undefined, text);
    }
    assert.equal(windowsOf([...(await pack(at, at + 60)), claims('{}')]), undefined);
  });

  it('R10, R17: a showing ends with its grant, and for good with its proof, to the second', () => {
    const { grantExpiresAt, proof } = showing;
    assert.equal(showingStatus(showing, grantExpiresAt - 1), 'live');
    assert.equal(showingStatus(showing, grantExpiresAt), 'verification-required');
    assert.equal(showingStatus(showing, proof.validUntil - 1), 'verification-required');
    assert.equal(showingStatus(showing, proof.validUntil), 'proof-ended');
  });
});

inEachZone(() => {
  describe('the code clock at its edges, by a phone that is wrong by a day', () => {
    const windows = [0, 1, 2].map((minute) => ({
      code: `code ${minute}`,
      from: at + minute * 60,
      until: at + (minute + 1) * 60,
    }));
    /** The server's clock as the phone sees it, at an instant in milliseconds. */
    const seenAt = (instant: number): CodeClock => {
      const phone = new HandClock(at * 1000 - day);
      const clock = clockOf(phone);
      clock.set(at * 1000);
      phone.now += instant - at * 1000;
      phone.elapsed += instant - at * 1000;
      return clock;
    };
    const shownAt = (instant: number) => windowAt(windows, seenAt(instant).serverNow())?.code;
    const statusAt = (instant: number) => showingStatus(showing, seenAt(instant).seconds());
    const grantEnd = showing.grantExpiresAt * 1000;
    const proofEnd = showing.proof.validUntil * 1000;

    edge('R15: the code changes with its window', ['code 0', 'code 1', 'code 1'], (offset) =>
      shownAt((at + 60) * 1000 + offset),
    );
    edge('R17: no code is left with the last window', ['code 2', undefined, undefined], (offset) =>
      shownAt((at + 180) * 1000 + offset),
    );
    edge('B3: a clock a little behind shows the first', ['code 0', 'code 0', 'code 0'], (offset) =>
      shownAt(at * 1000 + offset),
    );
    edge('R15: a window of 60 seconds begins at 60', [61, 60, 60], (offset) =>
      secondsLeft(windows[1]!, (at + 60) * 1000 + offset),
    );
    edge('R15: the last of its seconds is counted to the end', [1, 0, 0], (offset) =>
      secondsLeft(windows[1]!, (at + 120) * 1000 + offset),
    );
    edge('R15: a second is counted down when it is over', [31, 30, 30], (offset) =>
      secondsLeft(windows[1]!, (at + 90) * 1000 + offset),
    );
    edge(
      'R17: a grant ends to the second',
      ['live', 'verification-required', 'verification-required'],
      (offset) => statusAt(grantEnd + offset),
    );
    edge(
      'R10: a proof ends to the second',
      ['verification-required', 'proof-ended', 'proof-ended'],
      (offset) => statusAt(proofEnd + offset),
    );
    edge(
      'R10, R17: a grant that ends with its proof ends as the proof does',
      ['live', 'proof-ended', 'proof-ended'],
      (offset) =>
        showingStatus(
          { ...showing, grantExpiresAt: showing.proof.validUntil },
          seenAt(proofEnd + offset).seconds(),
        ),
    );
  });
});
