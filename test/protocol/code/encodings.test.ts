import assert from 'node:assert/strict';
import { it } from 'node:test';
import { decodeBase64url, encodeBase64url } from '../../../widget/protocol/code/base64url.ts';
import { checkCode } from '../../../widget/protocol/code/check.ts';
import { toQrText } from '../../../widget/protocol/code/qr-text.ts';
import { entry, gate, mint, ticket } from './scene.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The order of the curve P-256 (FIPS 186-4, D.1.2.3). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** The other signature of the same text: s → n − s. */
function twinOf(code: string): string {
  const [header, payload, signature = ''] = code.split('.');
  const bytes = decodeBase64url(signature);
  assert.ok(bytes);
  const s = BigInt(`0x${Buffer.from(bytes.subarray(32)).toString('hex')}`);
  const twin = Buffer.from((order - s).toString(16).padStart(64, '0'), 'hex');
  return `${header}.${payload}.${encodeBase64url(Buffer.concat([bytes.subarray(0, 32), twin]))}`;
}

/** The sixteen last characters that a lenient reader takes for the same bytes. */
function lastCharacters(code: string): string[] {
  const value = alphabet.indexOf(code.charAt(code.length - 1));
  const start = value - (value % 16);
  return Array.from(alphabet.slice(start, start + 16), (last) => code.slice(0, -1) + last);
}

it('B2: 64 encodings of one code are one code: whoever comes first enters, at any lane, at once', async () => {
  const code = await mint();
  const encodings = [code, twinOf(code)]
    .flatMap(lastCharacters)
    .flatMap((text) => [text, toQrText(text)]);
  assert.equal(new Set(encodings).size, 64);
  // A reader of the usual kind takes all of them for the same three parts.
  const lenient = new Set(
    encodings
      .filter((text) => text.includes('.'))
      .map((text) =>
        Buffer.from(text.split('.')[2] ?? '', 'base64url')
          .subarray(0, 32)
          .toString('hex'),
      ),
  );
  assert.equal(lenient.size, 1);

  const { verifier } = gate();
  const verdicts = await Promise.all(
    encodings.map((scanned, lane) =>
      checkCode(entry(scanned, { place: { station: ticket.from, lane: String(lane) } }), verifier),
    ),
  );
  const counts: Record<string, number> = {};
  for (const verdict of verdicts) {
    const answer = verdict.admitted ? 'admitted' : verdict.reason;
    counts[answer] = (counts[answer] ?? 0) + 1;
  }
  assert.deepEqual(counts, { admitted: 1, 'already-used': 3, malformed: 60 });
});

it('the twin of a signature holds too, which is why uses are counted by jti', async () => {
  const code = await mint();
  assert.notEqual(twinOf(code), code);
  assert.equal((await checkCode(entry(twinOf(code)), gate().verifier)).admitted, true);
});
