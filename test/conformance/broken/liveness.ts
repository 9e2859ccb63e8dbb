import type { LivenessRequired } from '../../../widget/protocol/messages/holder.ts';
import { passLiveness, type Answer } from '../../issuer/running-issuer.ts';
import { between, ends, idIn } from '../between.ts';
import type { BrokenIssuer } from '../examined.ts';

export const ofLiveness: readonly BrokenIssuer[] = [
  {
    what: 'does not look at an assertion’s signature',
    fails: ['assertion-made-up'],
    breaking: (running) => {
      const made: string[] = [];
      const isLike = (wrong: string) => (right: string) =>
        right.split('.')[1] === wrong.split('.')[1];
      return between(async ({ call, body, forward }) => {
        const given = String(body['assertion']);
        const right = made.includes(given) ? given : made.find(isLike(given));
        const response = await forward(ends(call) && right ? { body: { assertion: right } } : {});
        if (call.startsWith('POST /mock/liveness/')) {
          const { assertion } = (await response.clone().json()) as { assertion?: string };
          if (assertion !== undefined) made.push(assertion);
        }
        return response;
      })(running);
    },
  },
  {
    what: 'does not look whose assertion it is',
    fails: [
      'assertion-of-another-check',
      'assertion-for-a-view',
      'assertion-made-up',
      'token-of-another-kind',
      'session-is-no-other-token',
    ],
    breaking: (running) => {
      const checks = new Map<string, LivenessRequired>();
      return between(async ({ call, forward }) => {
        const response = await forward();
        if (/^POST \/v1\/(applications|views)$/.test(call) && response.status === 200) {
          const required = (await response.clone().json()) as LivenessRequired;
          checks.set(required.id, required);
        }
        const required = ends(call) && checks.get(idIn(call));
        const isOther = required && (await response.clone().text()).includes('liveness-mismatch');
        if (!isOther) return response;
        await running.store.deleteFrom('seen_dpop_proofs').execute();
        const right = { body: required } as Answer<LivenessRequired>;
        return forward({ body: { assertion: await passLiveness(running, right) } });
      })(running);
    },
  },
];
