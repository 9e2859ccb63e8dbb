import type { Holder } from '../../issuer/running-issuer.ts';
import { policy } from '../../../widget/protocol/policy.ts';
import type { ServerUnderLoad } from './server-under-load.ts';
import type { Asker } from './turns.ts';
import { good, wholeIssue } from './whole-issue.ts';

/** Has one whole issue after the other. */
export function issues(server: ServerUnderLoad): Asker {
  const issuer = server.connect();
  let nonce: string | undefined;
  return {
    ask: async () => {
      ({ nonce } = (await wholeIssue(issuer, nonce)).holder);
    },
  };
}

/** Has one pack after the other, under one grant after the other. */
export function packs(server: ServerUnderLoad): Asker {
  const issuer = server.connect();
  let holder: Holder | undefined;
  let grant = '';
  let left = 0;
  return {
    prepare: async () => {
      if (left > 0) return;
      const issued = await wholeIssue(issuer, holder?.nonce);
      holder = issued.holder;
      grant = issued.shown.grant.token;
      left = policy.packsPerGrant;
    },
    ask: async () => {
      left--;
      good(await holder!.call('POST', '/v1/codes', { grant, body: {} }));
    },
  };
}
