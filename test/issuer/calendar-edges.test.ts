import { decodeJwt } from 'jose';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { AdmissionAnswer, Manifest } from '../../widget/protocol/messages/gate.ts';
import type { Me, Records } from '../../widget/protocol/messages/holder.ts';
import { edge } from '../edge.ts';
import { inEachZone } from '../time-zones.ts';
import {
  ask,
  Holder,
  hours,
  minutes,
  signIn,
  startIssuer,
  type RunningIssuer,
} from './running-issuer.ts';

/** Months and days of the service are Shanghai's, wherever the process runs. */
const shanghai = (wallClock: string): number => Date.parse(`${wallClock}+08:00`);
const midnight = (day: string): number => shanghai(`${day}T00:00:00`);

let running: RunningIssuer;
let holder: Holder;
let gateHeaders: Record<string, string>;
beforeEach(async () => {
  running = await startIssuer();
  holder = await Holder.create(running);
  const { secrets } = running.server.issuer;
  gateHeaders = { Authorization: `Bearer ${secrets['gate-credential'].toString('base64url')}` };
});
afterEach(async () => {
  assert.deepEqual(running.logged, []);
  await running.close();
});

const session = (): Promise<string> => signIn(running, 'adult');
const obtain = async () => holder.obtain({ session: await session() });
const me = async (): Promise<Me> =>
  (await holder.call<Me>('GET', '/v1/me', { session: await session() })).body;
const records = async (): Promise<Records> =>
  (await holder.call<Records>('GET', '/v1/records', { session: await session() })).body;

/** Uses three applications in the days before an instant. */
async function useThreeBefore(instant: number): Promise<void> {
  for (const hoursBefore of [75, 50, 25]) {
    running.time = instant - hours(hoursBefore);
    assert.equal((await obtain()).body.outcome, 'issued');
  }
}

async function subjectsOfPack(): Promise<(string | undefined)[]> {
  const { body } = await obtain();
  return body.pack.codes.map((code) => decodeJwt(code).sub);
}

const ofGate = async <Body>(path: string): Promise<Body> =>
  (await ask<Body>(running, 'GET', path, { headers: gateHeaders })).body;

async function entry(scanned: string): Promise<string> {
  const { body } = await ask<AdmissionAnswer>(running, 'POST', '/v1/admissions', {
    headers: gateHeaders,
    body: { scanned, purpose: 'entry', station: 'beijing-south', lane: '1' },
  });
  return body.admitted ? 'admitted' : body.reason;
}

const buy = () =>
  ask(running, 'POST', '/mock/tickets', {
    body: { person: 'adult', kind: 'single', train: 'G901' },
  });

async function standsIn(day: string): Promise<string[]> {
  const { manifest } = await ofGate<{ manifest: string }>(`/v1/manifests/beijing-south/${day}`);
  return decodeJwt<Manifest>(manifest).tickets.map((ticket) => ticket.sub);
}

inEachZone(() => {
  describe('the three applications of a month return with the next (R9)', () => {
    const exhausted = 'quota-exhausted';
    for (const [what, firstDay] of [
      ['after a month of 31 days', '2027-04-01'],
      ['at the year’s end', '2028-01-01'],
      ['after a February of 28 days', '2027-03-01'],
      ['after a February of 29 days', '2028-03-01'],
    ] as const) {
      const edgeMs = midnight(firstDay);
      edge(what, [exhausted, 'issued', 'issued'], async (offset) => {
        await useThreeBefore(edgeMs);
        running.time = edgeMs + offset;
        const { problem, body } = await obtain();
        if (problem !== undefined) {
          const { availableFrom } = body as { availableFrom?: number };
          assert.equal(availableFrom, edgeMs / 1000);
        }
        return problem ?? body.outcome;
      });
      edge(`${what}, and so the signed-in are told`, [0, 3, 3], async (offset) => {
        await useThreeBefore(edgeMs);
        running.time = edgeMs + offset;
        const { applicationsLeft, applicationsFrom } = await me();
        assert.equal(applicationsFrom, applicationsLeft === 0 ? edgeMs / 1000 : undefined);
        return applicationsLeft;
      });
    }

    edge(
      'but not before the 29th in a leap year',
      [exhausted, exhausted, exhausted],
      async (ms) => {
        await useThreeBefore(midnight('2028-02-29'));
        running.time = midnight('2028-02-29') + ms;
        return (await obtain()).problem;
      },
    );

    edge('and a proof counts in the month of its issue alone', [3, 2, 2], async (offset) => {
      running.time = midnight('2028-01-01') + offset;
      assert.equal((await obtain()).body.outcome, 'issued');
      running.time = midnight('2028-01-01') + hours(1);
      return (await me()).applicationsLeft;
    });
  });

  describe('records reach back to the same day of last month (R23)', () => {
    for (const [today, since] of [
      ['2027-03-31', '2027-02-28'],
      ['2028-03-31', '2028-02-29'],
      ['2028-03-30', '2028-02-29'],
      ['2027-01-31', '2026-12-31'],
      ['2027-05-31', '2027-04-30'],
    ] as const) {
      edge(`on ${today} to the start of ${since}`, [0, 1, 1], async (offset) => {
        running.time = midnight(since) + offset;
        await obtain();
        running.time = shanghai(`${today}T12:00:00`);
        const answer = await records();
        assert.equal(answer.since, midnight(since) / 1000);
        return answer.records.length;
      });
    }

    edge(
      'and the day changes at midnight in Shanghai',
      [midnight('2027-02-28'), midnight('2027-03-01'), midnight('2027-03-01')],
      async (offset) => {
        running.time = midnight('2027-04-01') + offset;
        return (await records()).since * 1000;
      },
    );
  });

  describe('the service day', () => {
    const newDay = midnight('2028-01-01');

    edge('of a code is that of its window’s start', ['other', 'same', 'same'], async (offset) => {
      running.time = newDay + offset;
      const [first, second] = await subjectsOfPack();
      return first === second ? 'same' : 'other';
    });

    it('changes within a pack at the first window that opens on it', async () => {
      running.time = newDay - minutes(10) + 1000;
      const subjects = await subjectsOfPack();
      assert.equal(new Set(subjects.slice(0, 10)).size, 1);
      assert.equal(new Set(subjects.slice(10)).size, 1);
      assert.notEqual(subjects[9], subjects[10]);
    });

    edge(
      'of a ticket is every day it can be used on, under that day’s pseudonym',
      ['both', 'the new alone', 'the new alone'],
      async (offset) => {
        running.time = newDay + offset;
        await buy();
        running.time = newDay - minutes(1);
        const [today, tomorrow] = await subjectsOfPack();
        assert.notEqual(today, tomorrow);
        assert.deepEqual(await standsIn('2028-01-01'), [tomorrow]);
        const old = await standsIn('2027-12-31');
        if (old.length === 0) return 'the new alone';
        assert.deepEqual(old, [today]);
        return 'both';
      },
    );

    edge(
      'changes under a traveller at the gate: the code of either day lets them in',
      ['admitted', 'admitted', 'admitted'],
      async (offset) => {
        running.time = newDay - minutes(20);
        await buy();
        const { codes } = (await obtain()).body.pack;
        // The gate takes both around midnight, by its leeway; whichever the phone shows will do.
        const shown = codes[offset < 0 ? 20 : 19]!;
        running.time = newDay + offset;
        return entry(shown);
      },
    );
  });
});
