import { checkCode, type Verdict } from '../../widget/protocol/code/check.ts';
import type { CodeClaims } from '../../widget/protocol/code/claims.ts';
import { memoryLedger } from '../../widget/protocol/code/ledger.ts';
import { parseCode, readClaims } from '../../widget/protocol/code/parse.ts';
import { keySetCall } from '../../widget/protocol/calls.ts';
import { KeySet } from '../../widget/protocol/messages/metadata.ts';
import { pinKeys, type PinnedKeys } from '../../widget/check/trust.ts';
import { reached } from './answer.ts';
import { demand, NotReached } from './check.ts';
import type { IssuerUnderTest } from './issuer-under-test.ts';

/** The issuer's published keys, as a gate pins them. @throws {NotReached} */
export async function pinned(issuer: IssuerUnderTest): Promise<PinnedKeys> {
  const keys = reached(await issuer.ask(keySetCall), KeySet);
  try {
    return await pinKeys(keys);
  } catch (thrown) {
    if (!(thrown instanceof DOMException)) throw thrown;
    throw new NotReached(`a published key is no point of P-256`);
  }
}

/** The claims of a code, whoever signed it; `undefined` where it is not written as the contract has it. */
export function claimsOf(code: string): CodeClaims | undefined {
  const parsed = parseCode(code);
  return parsed.ok ? readClaims(parsed.code.payload) : undefined;
}

/** The claims of those codes that can be read. @throws {NotReached} when there are none */
export function readable(codes: readonly string[]): CodeClaims[] {
  const claims = codes.map(claimsOf).filter((each) => each !== undefined);
  if (claims.length === 0) throw new NotReached('a pack without one code that can be read');
  return claims;
}

/** The verdict of a counter that knows no denylist, in the middle of the code's window. */
export async function atTheCounter(
  code: string,
  { nbf, exp }: CodeClaims,
  keys: PinnedKeys,
): Promise<Verdict> {
  return checkCode(
    {
      scanned: code,
      purpose: 'counter',
      place: { station: '', lane: '' },
      at: Math.floor((nbf + exp) / 2),
    },
    {
      keys: keys.codes,
      denylist: undefined,
      ticketsOf: () => [],
      ledger: memoryLedger(0),
      // How long a window may be is another check's question.
      policy: { codeSeconds: exp - nbf, gateLeewaySeconds: 0, denylistMaximumSeconds: 0 },
    },
  );
}

/** The windows of a pack end to end, the last with the grant or the proof. @throws {Failed} */
export function demandWindows(
  codes: readonly string[],
  from: number,
  until: number,
  codeSeconds: number,
): void {
  const claims = readable(codes);
  const opens = (claims[0]?.nbf ?? 0) - from;
  demand(
    Math.abs(opens) <= 1,
    'the first window to open when the pack is issued',
    `${opens} s off`,
  );
  for (const [index, code] of codes.entries()) {
    const off = (claimsOf(code)?.nbf ?? NaN) - from - opens - index * codeSeconds;
    // One that cannot be read is another check's.
    demand(
      !(Math.abs(off) > 0),
      `a window every ${codeSeconds} s`,
      `the ${index + 1}th ${off} s off`,
    );
  }
  const end = (claims.at(-1)?.exp ?? 0) - until;
  demand(end === 0, 'the last window to end with the grant or the proof', `${end} s after it`);
}
