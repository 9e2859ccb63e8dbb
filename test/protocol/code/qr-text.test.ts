import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { create } from 'qrcode';
import { encodeBase64url } from '../../../widget/protocol/code/base64url.ts';
import { jtiFor } from '../../../widget/protocol/code/claims.ts';
import { mintCode } from '../../../widget/protocol/code/mint.ts';
import { fromQrText, toQrText } from '../../../widget/protocol/code/qr-text.ts';
import { policy } from '../../../widget/protocol/policy.ts';
import { seededRandom } from '../seeded-random.ts';
import { keys, mint, now } from './scene.ts';

const random = seededRandom(12);
const packLength = policy.grantSeconds / policy.codeSeconds;

/** A code of any grant, the longest that this service can make: key name, counter and times at their widest. */
const anyLongestCode = (): Promise<string> =>
  mintCode(
    {
      jti: jtiFor(encodeBase64url(random.bytes(6)), 36 ** 3 + random.integer(36 ** 3)),
      sub: encodeBase64url(random.bytes(16)),
      nbf: now,
      exp: now + policy.codeSeconds,
    },
    { kid: encodeBase64url(random.bytes(3)), privateKey: keys.privateKey },
  );

describe('R15: the QR of a code', () => {
  it('has at most 61 modules at EC level M, and its code at most 260 characters, over 500 codes', async () => {
    for (let i = 0; i < 500; i++) {
      const code = await anyLongestCode();
      assert.ok(code.length <= 260, `${code.length} characters`);
      const { modules } = create(toQrText(code), { errorCorrectionLevel: 'M' });
      assert.ok(modules.size <= 61, `${modules.size} modules`);
    }
  });

  it('is smaller than that of the plain text', async () => {
    const code = await anyLongestCode();
    const plain = create(code, { errorCorrectionLevel: 'M' }).modules.size;
    const digits = create(toQrText(code), { errorCorrectionLevel: 'M' }).modules.size;
    assert.ok(digits < plain, `${digits} and ${plain} modules`);
  });

  it('never needs a counter longer than a code has room for', () => {
    const last = policy.packsPerGrant * packLength + packLength;
    assert.ok(jtiFor('', last).length <= 4);
  });
});

describe('the digits of a code', () => {
  it('are digits alone, two for each character, and read back as the code', async () => {
    const code = await mint();
    assert.match(toQrText(code), /^\d+$/);
    assert.equal(toQrText(code).length, 2 * code.length);
    assert.equal(fromQrText(toQrText(code)), code);
  });

  it('of every character of a code are its own pair', () => {
    const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
    assert.equal(fromQrText(toQrText(characters)), characters);
    assert.equal(new Set(Array.from(characters, toQrText)).size, characters.length);
  });

  it('are told from any other text, which stays as it is', () => {
    for (const text of ['', '1', '123', 'a1', '12a4', '１２', '12 34', '1234\n', '-1']) {
      assert.equal(fromQrText(text), text);
    }
  });
});
