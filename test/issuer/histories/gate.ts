import { decodeJwt, importJWK, jwtVerify } from 'jose';
import assert from 'node:assert/strict';
import { checkCode } from '../../../widget/protocol/code/check.ts';
import { memoryLedger } from '../../../widget/protocol/code/ledger.ts';
import type { KeySet } from '../../../widget/protocol/messages/metadata.ts';
import { policy } from '../../../widget/protocol/policy.ts';
import { ask, type RunningIssuer } from '../running-issuer.ts';

/** A gate of its own: it knows the published keys and the denylist it fetches, and nothing else. */
export class HistoryGate {
  readonly #running: RunningIssuer;
  readonly #codeKeys: ReadonlyMap<string, CryptoKey>;
  readonly #denylistKey: CryptoKey;
  #denylist: { revoked: ReadonlySet<string>; issuedAt: number } | undefined;

  private constructor(
    running: RunningIssuer,
    codeKeys: ReadonlyMap<string, CryptoKey>,
    denylistKey: CryptoKey,
  ) {
    this.#running = running;
    this.#codeKeys = codeKeys;
    this.#denylistKey = denylistKey;
  }

  static async open(running: RunningIssuer): Promise<HistoryGate> {
    const { body } = await ask<KeySet>(running, 'GET', '/.well-known/jwks.json');
    const keysOf = (typ: string) =>
      Promise.all(
        body.keys
          .filter((key) => key.typ === typ)
          .map(async (key) => [key.kid, await importJWK(key, 'ES256')] as const),
      );
    const [denylistKey] = await keysOf('bid-denylist+jwt');
    assert.ok(denylistKey);
    return new HistoryGate(running, new Map(await keysOf('bid')), denylistKey[1]);
  }

  /** Fetches the denylist. */
  async fetchDenylist(): Promise<ReadonlySet<string>> {
    const { secrets } = this.#running.server.issuer;
    const credential = secrets['gate-credential'].toString('base64url');
    const { body } = await ask<{ denylist: string }>(this.#running, 'GET', '/v1/denylist', {
      headers: { Authorization: `Bearer ${credential}` },
    });
    const { payload } = await jwtVerify<{ iat: number; revoked: string[] }>(
      body.denylist,
      this.#denylistKey,
      { typ: 'bid-denylist+jwt', currentDate: new Date(this.#running.time) },
    );
    this.#denylist = { revoked: new Set(payload.revoked), issuedAt: payload.iat };
    return this.#denylist.revoked;
  }

  /** The check of any verifier, at a counter, where no ticket is asked for. */
  async verdict(scanned: string, at: number): Promise<string> {
    const verdict = await checkCode(
      { scanned, purpose: 'counter', place: { station: 'beijing-south', lane: '1' }, at },
      {
        keys: this.#codeKeys,
        denylist: this.#denylist,
        ticketsOf: () => [],
        ledger: memoryLedger(policy.repeatSeconds),
        policy,
      },
    );
    return verdict.admitted ? 'admitted' : verdict.reason;
  }
}

export const windowOf = (code: string) =>
  decodeJwt<{ jti: string; sub: string; nbf: number; exp: number }>(code);
