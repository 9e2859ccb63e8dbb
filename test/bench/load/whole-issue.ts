import { randomUUID } from 'node:crypto';
import { madeUpNumber } from '../../../mock-server/testbed/people.ts';
import type { Shown, TypedIdentity } from '../../../widget/protocol/messages/holder.ts';
import { ask, Holder, type Answer, type ReachedIssuer } from '../../issuer/running-issuer.ts';

const provinces = ['11', '32', '44', '51'];

/** Somebody else for each number below 20 million. */
function someone(index: number): TypedIdentity {
  const two = (value: number): string => String(value).padStart(2, '0');
  const [sequence, rest] = [index % 900, Math.floor(index / 900)];
  const [day, month] = [1 + (rest % 28), 1 + (Math.floor(rest / 28) % 12)];
  const [year, province] = [1955 + (Math.floor(rest / 336) % 50), Math.floor(rest / 16_800)];
  const birth = `${year}${two(month)}${two(day)}`;
  const number = madeUpNumber(provinces[province]!, birth, String(100 + sequence));
  return { name: '赵安宁', documentType: 'resident-id', number };
}

let people = 0;

/**
 * A whole issue of somebody new, on a device of their own: applies, is found live, gets proof, grant and pack,
 * with the calls that the component makes.
 */
export async function wholeIssue(
  issuer: ReachedIssuer,
  nonce: string | undefined,
): Promise<{ shown: Shown; holder: Holder }> {
  const holder = await Holder.create(issuer);
  holder.nonce = nonce;
  const application = good(await holder.apply({ identity: someone(people++) }, randomUUID()));
  const { pathname } = new URL(application.liveness.provider);
  const { prompts } = application.liveness;
  const attempt = await ask<{ assertion: string }>(issuer, 'POST', pathname, {
    body: { camera: true, prompts },
  });
  const shown = good(
    await holder.call<Shown>('POST', `/v1/applications/${application.id}/liveness`, {
      body: { assertion: good(attempt).assertion },
      idempotencyKey: randomUUID(),
    }),
  );
  return { shown, holder };
}

/** @throws what was refused: under load nothing is */
export function good<Body>({ status, problem, body }: Answer<Body>): Body {
  if (status !== 200) throw new Error(`answered ${status} ${problem}`);
  return body;
}
