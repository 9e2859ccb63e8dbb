import { decodeJwt } from 'jose';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe } from 'node:test';
import type { AdmissionAnswer } from '../../widget/protocol/messages/gate.ts';
import type { Pack, Shown, TypedIdentity } from '../../widget/protocol/messages/holder.ts';
import { edge } from '../edge.ts';
import { inEachZone } from '../time-zones.ts';
import {
  ask,
  Holder,
  hours,
  minutes,
  noon,
  passLiveness,
  signIn,
  someGuest,
  startIssuer,
  type Answer,
  type RunningIssuer,
} from './running-issuer.ts';

/**
 * The service counts in whole seconds: an instant is its second. So every proof here is issued
 * in the middle of a second, and its periods run from that second's start.
 */
const issuedAt = noon + 437;

let running: RunningIssuer;
let holder: Holder;
let identity: TypedIdentity;
let gateHeaders: Record<string, string>;
beforeEach(async () => {
  running = await startIssuer();
  running.time = issuedAt;
  holder = await Holder.create(running);
  identity = await someGuest(running);
  const { secrets } = running.server.issuer;
  gateHeaders = { Authorization: `Bearer ${secrets['gate-credential'].toString('base64url')}` };
});
afterEach(async () => {
  assert.deepEqual(running.logged, []);
  await running.close();
});

const obtain = async (): Promise<Shown> => (await holder.obtain({ identity })).body;
const look = async () => holder.complete(await holder.view({ identity }));
const refresh = (grant: string) => holder.call<Pack>('POST', '/v1/codes', { body: {}, grant });

/** What became of a request for a proof: its outcome, or the problem. */
const outcomeOf = ({ problem, body }: Answer<Shown>): string => problem ?? body.outcome;

async function verdict(scanned: string, change: object = {}): Promise<string> {
  const { body } = await ask<AdmissionAnswer>(running, 'POST', '/v1/admissions', {
    headers: gateHeaders,
    body: { scanned, purpose: 'counter', station: 'beijing-south', lane: '1', ...change },
  });
  return body.admitted ? 'admitted' : body.reason;
}

inEachZone(() => {
  describe('a code at a gate, whose clock may be wrong by 10 seconds (R15, B3)', () => {
    const tenSeconds = 10_000;

    edge('opens with its window', ['not-yet-valid', 'admitted', 'admitted'], async (offset) => {
      const { pack } = await obtain();
      running.time = noon + minutes(7) - tenSeconds + offset;
      return verdict(pack.codes[7]!);
    });

    edge('ends with its window', ['admitted', 'expired', 'expired'], async (offset) => {
      const { pack } = await obtain();
      running.time = noon + minutes(8) + tenSeconds + offset;
      return verdict(pack.codes[7]!);
    });

    edge(
      'ends with its grant, if it is the last',
      ['admitted', 'expired', 'expired'],
      async (offset) => {
        const { pack } = await obtain();
        running.time = noon + minutes(30) + tenSeconds + offset;
        return verdict(pack.codes.at(-1)!);
      },
    );

    edge(
      'ends with its proof, if it is the last',
      ['admitted', 'expired', 'expired'],
      async (offset) => {
        await obtain();
        running.time = noon + hours(24) - minutes(10);
        const { pack } = (await look()).body;
        assert.equal(pack.codes.length, 10);
        running.time = noon + hours(24) + tenSeconds + offset;
        return verdict(pack.codes.at(-1)!);
      },
    );
  });

  describe('the 30 minutes of a grant (R17)', () => {
    const over = 'verification-required';

    edge<string | number>('end to the second', [200, over, over], async (offset) => {
      const { grant } = await obtain();
      running.time = noon + minutes(30) + offset;
      const { status, problem } = await refresh(grant.token);
      return problem ?? status;
    });

    edge('leave one code in their last second', [1, 0, 0], async (offset) => {
      const { grant } = await obtain();
      running.time = noon + minutes(30) + offset;
      return (await refresh(grant.token)).body.codes?.length ?? 0;
    });

    edge<string | number>(
      'are cut short by the proof’s end (R10)',
      [200, over, over],
      async (offset) => {
        await obtain();
        running.time = noon + hours(24) - minutes(10);
        const { grant } = (await look()).body;
        running.time = noon + hours(24) + offset;
        const { status, problem } = await refresh(grant.token);
        return problem ?? status;
      },
    );

    edge(
      'keep a revoked grant on the denylist until no gate would take it',
      [1, 0, 0],
      async (offset) => {
        await obtain();
        await holder.call('DELETE', '/v1/grants');
        running.time = noon + minutes(30) + 10_000 + offset;
        const { body } = await ask<{ denylist: string }>(running, 'GET', '/v1/denylist', {
          headers: gateHeaders,
        });
        return decodeJwt<{ revoked: string[] }>(body.denylist).revoked.length;
      },
    );
  });

  describe('the 24 hours of a proof (R10)', () => {
    edge(
      'end to the second for whoever looks',
      ['existing', 'no-valid-proof', 'no-valid-proof'],
      async (offset) => {
        const { proof } = await obtain();
        assert.equal(proof.validUntil, (noon + hours(24)) / 1000);
        running.time = noon + hours(24) + offset;
        return outcomeOf(await look());
      },
    );

    edge(
      'end to the second in what the signed-in are told',
      [true, false, false],
      async (offset) => {
        await holder.obtain({ session: await signIn(running, 'adult') });
        running.time = noon + hours(24) + offset;
        const session = await signIn(running, 'adult');
        const { body } = await holder.call<{ proof?: object }>('GET', '/v1/me', { session });
        return body.proof !== undefined;
      },
    );
  });

  describe('renewal, 3 hours before the end (R11)', () => {
    edge('opens to the second', ['existing', 'issued', 'issued'], async (offset) => {
      const { proof } = await obtain();
      assert.equal(proof.renewFrom, (noon + hours(21)) / 1000);
      running.time = noon + hours(21) + offset;
      return outcomeOf(await holder.obtain({ identity }));
    });

    edge('starts the new 24 hours at issue (R12)', [-1, 0, 0], async (offset) => {
      const opens = noon + hours(22);
      await obtain();
      running.time = opens + offset;
      const { proof } = await obtain();
      assert.equal(proof.validUntil - proof.issuedAt, 24 * 3600);
      return proof.issuedAt - opens / 1000;
    });
  });

  describe('the 120 seconds of a liveness check (R13)', () => {
    const over = 'liveness-expired';

    edge('end to the second', ['issued', over, over], async (offset) => {
      const application = await holder.apply({ identity });
      const assertion = await passLiveness(running, application);
      running.time = noon + minutes(2) + offset;
      return outcomeOf(await holder.complete(application, assertion));
    });
  });

  describe('the 15 minutes of a host’s session (R4)', () => {
    edge<string | number>(
      'end to the second',
      [200, 'session-expired', 'session-expired'],
      async (offset) => {
        const session = await signIn(running, 'adult');
        running.time = noon + minutes(15) + offset;
        const { status, problem } = await holder.call('GET', '/v1/me', { session });
        return problem ?? status;
      },
    );
  });
});
