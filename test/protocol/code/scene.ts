import { encodeBase64url } from '../../../widget/protocol/code/base64url.ts';
import type { Denylist, Question, Verifier } from '../../../widget/protocol/code/check.ts';
import type { CodeClaims } from '../../../widget/protocol/code/claims.ts';
import { memoryLedger, type CodeUse } from '../../../widget/protocol/code/ledger.ts';
import { mintCode } from '../../../widget/protocol/code/mint.ts';
import { policy } from '../../../widget/protocol/policy.ts';
import type { Ticket } from '../../../widget/protocol/tickets.ts';

/** A gate with one key, one holder and one ticket; each test changes what it is about. */

export const now = Date.UTC(2026, 2, 1, 2) / 1000;
export const kid = 'k1';
export const sub = encodeBase64url(new Uint8Array(16).fill(7));

const generateKey = (): Promise<CryptoKeyPair> =>
  crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
export const keys = await generateKey();
export const strangersKeys = await generateKey();

export const claims: CodeClaims = {
  jti: 'Gr4nt-_00',
  sub,
  nbf: now,
  exp: now + policy.codeSeconds,
};

export const ticket: Ticket = {
  sub,
  id: 'ticket-1',
  kind: 'single',
  train: 'G1',
  from: 'beijing-south',
  to: 'shanghai-hongqiao',
  validFrom: now - 3600,
  validUntil: now + 3600,
};

/** A code of this gate's issuer. */
export const mint = (changed: Partial<CodeClaims> = {}): Promise<string> =>
  mintCode({ ...claims, ...changed }, { kid, privateKey: keys.privateKey });

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** Any header and any payload, with a true signature of the given key. */
export async function signTexts(
  header: string,
  payload: string,
  privateKey: CryptoKey = keys.privateKey,
): Promise<string> {
  const input = `${encodeBase64url(bytesOf(header))}.${encodeBase64url(bytesOf(payload))}`;
  const signature = await crypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' },
    privateKey,
    bytesOf(input),
  );
  return `${input}.${encodeBase64url(new Uint8Array(signature))}`;
}

export const freshDenylist: Denylist = { revoked: new Set(), issuedAt: now };

/** A verifier, and every use that its ledger was asked to write down. */
export function gate(changed: Partial<Verifier> = {}): { verifier: Verifier; asked: CodeUse[] } {
  const asked: CodeUse[] = [];
  const ledger = changed.ledger ?? memoryLedger(policy.repeatSeconds);
  return {
    asked,
    verifier: {
      keys: new Map([[kid, keys.publicKey]]),
      denylist: freshDenylist,
      ticketsOf: (person) => (person === sub ? [ticket] : []),
      policy,
      ...changed,
      ledger: {
        admit: (use) => {
          asked.push(use);
          return ledger.admit(use);
        },
      },
    },
  };
}

/** Entry at the ticket's origin, now. */
export const entry = (scanned: string, changed: Partial<Question> = {}): Question => ({
  scanned,
  purpose: 'entry',
  place: { station: ticket.from, lane: '1' },
  at: now,
  ...changed,
});
