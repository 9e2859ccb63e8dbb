import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { holderCalls, sessionHeader, type Call } from '../../widget/protocol/calls.ts';
import { encodeBase64url } from '../../widget/protocol/code/base64url.ts';
import type { Answer } from './answer.ts';
import type { IssuerUnderTest, Sent } from './issuer-under-test.ts';

/** What a DPoP proof says other than it should. */
export interface Change {
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
  key?: CryptoKey;
}

export interface HolderSent extends Pick<Sent, 'path' | 'body'> {
  session?: string;
  grant?: string;
  idempotencyKey?: string;
}

/** A holder with a key of its own. It can make the proofs that it should, and others. */
export class TestHolder {
  readonly issuer: IssuerUnderTest;
  readonly keys: CryptoKeyPair;
  readonly jwk: JWK;
  /** The nonce of the last answer. */
  nonce: string | undefined;

  private constructor(issuer: IssuerUnderTest, keys: CryptoKeyPair, jwk: JWK) {
    this.issuer = issuer;
    this.keys = keys;
    this.jwk = jwk;
  }

  static async create(issuer: IssuerUnderTest): Promise<TestHolder> {
    const keys = await generateKeyPair('ES256', { extractable: true });
    const { kty, crv, x, y } = await exportJWK(keys.publicKey);
    const holder = new TestHolder(issuer, keys, { kty, crv, x, y } as JWK);
    await holder.refreshNonce();
    return holder;
  }

  thumbprint(): Promise<string> {
    return calculateJwkThumbprint(this.jwk);
  }

  async refreshNonce(): Promise<void> {
    const { headers } = await this.issuer.ask(holderCalls.metadata);
    this.nonce = headers.get('DPoP-Nonce') ?? undefined;
  }

  /** Makes a call as the contract wants it: an old nonce is replaced, and a short wait waited for. */
  async call(call: Call, sent: HolderSent = {}): Promise<Answer> {
    let answer = await this.callOnce(call, sent);
    if (answer.problem === 'use-dpop-nonce') answer = await this.callOnce(call, sent);
    if (await this.issuer.waitFor(answer)) answer = await this.callOnce(call, sent);
    return answer;
  }

  /** Makes a call with a proof that may be wrong, or a given one, or `null` for none. */
  async callOnce(
    call: Call,
    sent: HolderSent = {},
    proof: Change | string | null = {},
  ): Promise<Answer> {
    const { session, grant, idempotencyKey, path, body } = sent;
    const given =
      proof === null || typeof proof === 'string' ? proof : await this.proof(call, sent, proof);
    const answer = await this.issuer.ask(call, {
      ...(path && { path }),
      ...(body === undefined ? {} : { body }),
      headers: {
        ...(given === null ? {} : { DPoP: given }),
        ...(grant === undefined ? {} : { Authorization: `DPoP ${grant}` }),
        ...(session === undefined ? {} : { [sessionHeader]: session }),
        ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
      },
    });
    this.nonce = answer.headers.get('DPoP-Nonce') ?? this.nonce;
    return answer;
  }

  /** A DPoP proof (RFC 9449, section 4.2). */
  async proof(call: Call, { path, grant }: HolderSent, change: Change = {}): Promise<string> {
    const { header = {}, claims = {}, key = this.keys.privateKey } = change;
    return new SignJWT({
      jti: crypto.randomUUID(),
      htm: call.method,
      htu: this.issuer.addressOf(call, path),
      iat: Math.floor(Date.now() / 1000),
      ...(this.nonce === undefined ? {} : { nonce: this.nonce }),
      ...(grant === undefined ? {} : { ath: await hashOf(grant) }),
      ...claims,
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: this.jwk, ...header })
      .sign(key);
  }
}

export async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return encodeBase64url(new Uint8Array(digest));
}
