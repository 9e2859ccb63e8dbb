import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it, type TestContext } from 'node:test';
import * as v from 'valibot';
import { decodeBase64url } from '../../../widget/protocol/code/base64url.ts';
import { bytesOf } from '../../../widget/protocol/code/ascii.ts';
import { parseCode } from '../../../widget/protocol/code/parse.ts';
import { verify } from '../../../widget/protocol/code/signature.ts';

/**
 * Project Wycheproof's vectors (C2SP/wycheproof, `testvectors_v1`) are read where they are: in the
 * folder that WYCHEPROOF_VECTORS names, or beside the checkout. The project carries none of them.
 */
const folder =
  process.env['WYCHEPROOF_VECTORS'] ??
  fileURLToPath(new URL('../../../../shared/vectors/wycheproof', import.meta.url));

const verdict = v.picklist(['valid', 'invalid']);
const Jwk = v.looseObject({ kty: v.string(), crv: v.optional(v.string()) });
const JwsVectors = v.object({
  testGroups: v.array(
    v.object({
      comment: v.string(),
      public: v.optional(Jwk),
      tests: v.array(v.object({ tcId: v.number(), jws: v.unknown(), result: verdict })),
    }),
  ),
});
const SignatureVectors = v.object({
  testGroups: v.array(
    v.object({
      publicKeyJwk: v.optional(Jwk),
      publicKey: v.object({ uncompressed: v.string() }),
      tests: v.array(
        v.object({ tcId: v.number(), msg: v.string(), sig: v.string(), result: verdict }),
      ),
    }),
  ),
});

/** The vectors of a file, or `undefined` and a test that says loudly that it was skipped. */
function vectorsOf<Schema extends v.GenericSchema>(
  schema: Schema,
  name: string,
  test: TestContext,
): v.InferOutput<Schema> | undefined {
  const path = join(folder, name);
  if (existsSync(path)) return v.parse(schema, JSON.parse(readFileSync(path, 'utf8')));
  const message = `SKIPPED: no ${name}. Set WYCHEPROOF_VECTORS to a folder that holds C2SP/wycheproof's testvectors_v1.`;
  console.warn(message);
  test.skip(message);
  return undefined;
}

const p256 = { name: 'ECDSA', namedCurve: 'P-256' };
const hex = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text, 'hex'));

describe('Wycheproof’s JSON web signatures', () => {
  /** Signature and encoding exactly as the check does them, but for the header that only codes have. */
  async function holds(jws: string, key: CryptoKey): Promise<boolean> {
    const [header = '', payload = '', signature = '', ...rest] = jws.split('.');
    const [headerBytes, payloadBytes, bytes] = [header, payload, signature].map(decodeBase64url);
    if (rest.length > 0 || !headerBytes || !payloadBytes || bytes?.length !== 64) return false;
    return verify(key, bytes, bytesOf(`${header}.${payload}`));
  }

  it('39 of 39 ES256 cases come out as they should', async (test) => {
    const vectors = vectorsOf(JwsVectors, 'json_web_signature_test.json', test);
    if (!vectors) return;
    let cases = 0;
    for (const { public: jwk, tests, comment } of vectors.testGroups) {
      if (jwk?.crv !== 'P-256' || comment.startsWith('ec_key_for_encryption')) continue;
      const key = await crypto.subtle.importKey('jwk', jwk as JsonWebKey, p256, true, ['verify']);
      for (const { tcId, jws, result } of tests) {
        cases++;
        assert.ok(typeof jws === 'string');
        assert.equal(await holds(jws, key), result === 'valid', `case ${tcId}`);
      }
    }
    assert.equal(cases, 39);
  });

  it('of the 401 cases none is a code: whatever is no token of ours is refused before any key is asked', (test) => {
    const vectors = vectorsOf(JwsVectors, 'json_web_signature_test.json', test);
    if (!vectors) return;
    let cases = 0;
    for (const { jws } of vectors.testGroups.flatMap(({ tests }) => tests)) {
      cases++;
      const parsed = parseCode(typeof jws === 'string' ? jws : JSON.stringify(jws));
      assert.equal(parsed.ok, false);
    }
    assert.equal(cases, 401);
  });

  it('valid to Wycheproof and none of ours: every case by its number, and why', (test) => {
    const vectors = vectorsOf(JwsVectors, 'json_web_signature_test.json', test);
    if (!vectors) return;
    const why = (jws: unknown, key: v.InferOutput<typeof Jwk> | undefined): string => {
      const { alg = '' } = JSON.parse(
        Buffer.from(String(jws).split('.')[0] ?? '', 'base64url').toString(),
      ) as { alg?: string };
      return key?.crv === 'P-256' ? `${alg} without our header` : alg;
    };
    const refused: Record<string, number[]> = {};
    for (const { public: key, tests } of vectors.testGroups) {
      for (const { tcId, jws, result } of tests) {
        if (result === 'valid') (refused[why(jws, key)] ??= []).push(tcId);
      }
    }
    assert.deepEqual(refused, {
      // A shared secret proves nothing to a gate: whoever can check could mint.
      HS256: [1, 348, 352, 357, 358, 359, 372, 373, 376, 377],
      // A code takes ES256 alone, so that no header can choose another way of checking.
      RS256: [33, 259, 260, 261, 262, 263, 345, 349],
      RS384: [264, 265, 266, 267],
      RS512: [268, 269, 270, 271],
      PS256: [272, 273, 274, 275, 287, 288],
      PS384: [320, 321, 322, 323, 346, 350],
      PS512: [325, 326, 327, 328],
      ES512: [347, 351],
      // Their signatures hold; but a code names its type, and a token without it is no code.
      'ES256 without our header': [18, 378],
    });
  });

  it('spelled in anything but canonical base64url cannot be read; four deviations, by case', (test) => {
    const vectors = vectorsOf(JwsVectors, 'json_web_signature_test.json', test);
    if (!vectors) return;
    const spelled = vectors.testGroups
      .filter(({ comment }) => comment === 'base64')
      .flatMap(({ tests }) => tests)
      .map(({ tcId, jws, result }) => ({
        tcId,
        valid: result === 'valid',
        readable: String(jws)
          .split('.')
          .every((part) => decodeBase64url(part)),
      }));
    const caseIds = (which: (each: (typeof spelled)[number]) => boolean): number[] =>
      spelled.filter(which).map(({ tcId }) => tcId);
    // White space, foreign characters and stray bits; jose accepts 360, 365, 368 and 375.
    assert.deepEqual(
      caseIds(({ valid, readable }) => !valid && !readable),
      [360, 361, 362, 363, 364, 365, 366, 368, 369, 371, 374, 375],
    );
    // Deviations: valid to Wycheproof with a `?` in header or payload, which lenient readers skip.
    assert.deepEqual(
      caseIds(({ valid, readable }) => valid && !readable),
      [372, 373],
    );
    // Deviations in name only: invalid to Wycheproof, yet letter for letter the text of the valid 357.
    assert.deepEqual(
      caseIds(({ valid, readable }) => !valid && readable),
      [367, 370],
    );
  });
});

it('Wycheproof’s 262 raw signatures of P-256 come out as they should', async (test) => {
  const vectors = vectorsOf(SignatureVectors, 'ecdsa_secp256r1_sha256_p1363_test.json', test);
  if (!vectors) return;
  let cases = 0;
  for (const { publicKey, tests } of vectors.testGroups) {
    const key = await crypto.subtle.importKey('raw', hex(publicKey.uncompressed), p256, true, [
      'verify',
    ]);
    for (const { tcId, msg, sig, result } of tests) {
      cases++;
      assert.equal(await verify(key, hex(sig), hex(msg)), result === 'valid', `case ${tcId}`);
    }
  }
  assert.equal(cases, 262);
});
