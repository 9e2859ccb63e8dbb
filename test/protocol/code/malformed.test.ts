import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encodeBase64url } from '../../../widget/protocol/code/base64url.ts';
import { checkCode } from '../../../widget/protocol/code/check.ts';
import { claimsText, headerText } from '../../../widget/protocol/code/claims.ts';
import { toQrText } from '../../../widget/protocol/code/qr-text.ts';
import type { Reason } from '../../../widget/protocol/code/reasons.ts';
import { claims, entry, gate, kid, mint, now, signTexts, sub } from './scene.ts';

const code = await mint();
const [header = '', payload = '', signature = ''] = code.split('.');
const encode = (text: string): string => encodeBase64url(new TextEncoder().encode(text));
const ownHeader = headerText(kid);
const ownClaims = claimsText(claims);

async function isRefused(scanned: string, expected: Reason): Promise<void> {
  const { verifier, asked } = gate();
  const verdict = await checkCode(entry(scanned), verifier);
  assert.equal(verdict.admitted ? 'admitted' : verdict.reason, expected);
  assert.deepEqual(asked, [], 'the ledger was asked');
}

it('the texts that the malformed ones are made from are those of a good code', async () => {
  assert.equal(`${encode(ownHeader)}.${encode(ownClaims)}`, `${header}.${payload}`);
  const made = await signTexts(ownHeader, ownClaims);
  assert.equal((await checkCode(entry(made), gate().verifier)).admitted, true);
});

describe('a text that is no code is refused', () => {
  const texts: Record<string, string> = {
    'when it is empty': '',
    'when it is white space': ' \n\t',
    'when it is only dots': '..',
    'when it is an address': 'https://example.com/?code=1',
    'when it is the name of a prototype': '__proto__',
    'when it is a number of no pairs': '1',
    'when it is digits that stand for nothing': '9'.repeat(500),
    'when it is digits with a sign between': `${toQrText(code).slice(0, 10)}-${toQrText(code).slice(10)}`,
    'when it is digits of full width': toQrText(code).replace(/\d/g, (d) =>
      String.fromCharCode(d.charCodeAt(0) + 0xfee0),
    ),
    'when a pair of its digits is cut off': toQrText(code).slice(0, -1),
    'when its digits are those of its digits': toQrText(toQrText(code)).slice(0, 1024),
    'when it is longer than 1,024 characters': `${code}${'A'.repeat(1024)}`,
    'when it is huge': 'A'.repeat(10_000_000),
    'when it is huge and full of dots': '.'.repeat(1_000_000),
    'when it is a header alone': header,
    'when the signature is missing': `${header}.${payload}`,
    'when the signature is empty': `${header}.${payload}.`,
    'when the header is empty': `.${payload}.${signature}`,
    'when there is one part too many': `${code}.`,
    'when it has the five parts of a JWE': `${header}.${payload}.${payload}.${payload}.${signature}`,
    'when it is a JWS in JSON': JSON.stringify({ protected: header, payload, signature }),
    'when it is followed by a disclosure, as in SD-JWT': `${code}~`,
    'when it is padded': `${header}.${payload}.${signature}==`,
    'when its header is padded': `${header}=.${payload}.${signature}`,
    'when white space comes before it': ` ${code}`,
    'when a line ends after it': `${code}\n`,
    'when white space is inside': `${header}. ${payload}.${signature}`,
    'when a byte order mark comes before it': `\uFEFF${code}`,
    'when it uses the plain base64 alphabet': `${header}.${payload}.${'+/'.repeat(43)}`,
    'when a letter is of another script': code.replace('e', 'е'),
    'when a character is beyond the first plane': `${code.slice(0, -2)}𝟘`,
    'when it has a zero character': `${code.slice(0, 20)}\0${code.slice(21)}`,
    'when a last bit is set that means nothing':
      code.slice(0, -1) + (code.endsWith('B') ? 'C' : 'B'),
    'when the signature is a byte short': `${header}.${payload}.${encodeBase64url(new Uint8Array(63))}`,
    'when the signature is a byte long': `${header}.${payload}.${encodeBase64url(new Uint8Array(65))}`,
    'when the signature is in DER': `${header}.${payload}.${encodeBase64url(new Uint8Array(70).fill(48))}`,
    'when the header is a byte order mark and then the header': `${encodeBase64url(
      Uint8Array.of(0xef, 0xbb, 0xbf, ...new TextEncoder().encode(ownHeader)),
    )}.${payload}.${signature}`,
    'when the header is no UTF-8': `${encodeBase64url(Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d))}.${payload}.${signature}`,
  };
  for (const [when, text] of Object.entries(texts)) {
    it(when, () => isRefused(text, 'malformed'));
  }
});

describe('a header that is not a code’s, truly signed, is refused', () => {
  const headers: Record<string, [text: string, reason: Reason]> = {
    'when it is not JSON': ['hello', 'malformed'],
    'when it is a list': [`[${ownHeader}]`, 'malformed'],
    'when it is null': ['null', 'malformed'],
    'when it is a text': ['"bid"', 'malformed'],
    'when it is nested deep': [`${'['.repeat(300)}${']'.repeat(300)}`, 'malformed'],
    'when white space is in it': [ownHeader.replace(',', ', '), 'malformed'],
    'when its members are in another order': [
      '{"typ":"bid","alg":"ES256","kid":"k1"}',
      'malformed',
    ],
    'when a member stands twice': [ownHeader.replace('{', '{"kid":"k1",'), 'malformed'],
    'when the type stands twice, the first time another': [
      ownHeader.replace('{', '{"typ":"JWT",'),
      'malformed',
    ],
    'when a letter is escaped': [ownHeader.replace('bid', '\\u0062id'), 'malformed'],
    'when a member’s name is escaped': [ownHeader.replace('alg', '\\u0061lg'), 'malformed'],
    'when it brings its own key': [ownHeader.replace('}', ',"jwk":{"kty":"EC"}}'), 'malformed'],
    'when it says where its key is': [ownHeader.replace('}', ',"jku":"https://x"}'), 'malformed'],
    'when it has critical members': [ownHeader.replace('}', ',"crit":["b64"]}'), 'malformed'],
    'when it has a member called __proto__': [
      ownHeader.replace('}', ',"__proto__":{"x":1}}'),
      'malformed',
    ],
    'when everything is in its prototype': [`{"__proto__":${ownHeader}}`, 'unsupported'],
    'when the key’s name is too long': [headerText('k1234'), 'malformed'],
    'when the key’s name is empty': [headerText(''), 'malformed'],
    'when the key’s name is a number': ['{"alg":"ES256","kid":1,"typ":"bid"}', 'malformed'],
    'when the key’s name leads out of a folder': [headerText('../k'), 'malformed'],
    'when the key has no name': ['{"alg":"ES256","typ":"bid"}', 'malformed'],
    'when its algorithm is none': [ownHeader.replace('ES256', 'none'), 'unsupported'],
    'when its algorithm is HS256': [ownHeader.replace('ES256', 'HS256'), 'unsupported'],
    'when its algorithm is ES384': [ownHeader.replace('ES256', 'ES384'), 'unsupported'],
    'when its algorithm is in small letters': [ownHeader.replace('ES256', 'es256'), 'unsupported'],
    'when it has no algorithm': ['{"kid":"k1","typ":"bid"}', 'unsupported'],
    'when its type is JWT': [ownHeader.replace('"bid"', '"JWT"'), 'unsupported'],
    'when its type is in capitals': [ownHeader.replace('"bid"', '"BID"'), 'unsupported'],
    'when it has no type': ['{"alg":"ES256","kid":"k1"}', 'unsupported'],
    'when it is an empty object': ['{}', 'unsupported'],
    'when its key is not pinned': [headerText('k2'), 'unknown-key'],
    'when its key is called like a prototype’s member': [headerText('toSt'), 'unknown-key'],
  };
  for (const [when, [text, reason]] of Object.entries(headers)) {
    it(`${when}: ${reason}`, async () => isRefused(await signTexts(text, ownClaims), reason));
  }
});

describe('claims that are not a code’s, truly signed, are refused', () => {
  const at = String(now);
  const payloads: Record<string, string> = {
    'when there are none': '',
    'when they are not JSON': 'hello',
    'when they are a list': `[${ownClaims}]`,
    'when they are null': 'null',
    'when they are an empty object': '{}',
    'when white space is in them': ownClaims.replace(':', ': '),
    'when a line ends after them': `${ownClaims}\n`,
    'when their order is another': `{"sub":"${sub}","jti":"${claims.jti}","nbf":${at},"exp":${now + 60}}`,
    'when one stands twice': ownClaims.replace('"exp"', `"nbf":${at},"exp"`),
    'when one is too many': ownClaims.replace('}', ',"iat":1}'),
    'when a name is among them (B7)': ownClaims.replace('}', ',"name":"张三"}'),
    'when __proto__ is among them': ownClaims.replace('}', ',"__proto__":{}}'),
    'when all are in a prototype': `{"__proto__":${ownClaims}}`,
    'when one is missing': ownClaims.replace(`,"exp":${now + 60}`, ''),
    'when a time is a text': ownClaims.replace(at, `"${at}"`),
    'when a time has a fraction': ownClaims.replace(at, `${at}.5`),
    'when a time is written with a fraction of nothing': ownClaims.replace(at, `${at}.0`),
    'when a time is written as a power': ownClaims.replace(at, '1e9'),
    'when a time is negative': ownClaims.replace(at, '-1'),
    'when a time is minus nothing': ownClaims.replace(at, '-0'),
    'when a time has a leading zero': ownClaims.replace(at, `0${at}`),
    'when a time is greater than a number holds': ownClaims.replace(at, '9007199254740993'),
    'when a time is without end': ownClaims.replace(at, '1e999'),
    'when a time is null': ownClaims.replace(at, 'null'),
    'when a time is an object': ownClaims.replace(at, '{}'),
    'when the code’s id is a number': ownClaims.replace(`"${claims.jti}"`, '1'),
    'when the code’s id is too short': ownClaims.replace(claims.jti, 'abc'),
    'when the code’s id is too long': ownClaims.replace(claims.jti, `${claims.jti}00000`),
    'when the code’s id has no counter': ownClaims.replace(claims.jti, claims.jti.slice(0, 8)),
    'when the counter has capitals': ownClaims.replace(claims.jti, `${claims.jti.slice(0, 8)}A`),
    'when the code’s id is escaped': ownClaims.replace('Gr4nt', '\\u0047r4nt'),
    'when the person is a number': ownClaims.replace(`"${sub}"`, '1'),
    'when the person is a character short': ownClaims.replace(sub, sub.slice(1)),
    'when the person’s last bits mean nothing': ownClaims.replace(sub, `${sub.slice(0, 21)}B`),
    'when the person is called like a prototype’s member': ownClaims.replace(sub, 'constructor'),
  };
  for (const [when, text] of Object.entries(payloads)) {
    it(when, async () => {
      assert.notEqual(text, ownClaims);
      await isRefused(await signTexts(ownHeader, text), 'malformed');
    });
  }
});
