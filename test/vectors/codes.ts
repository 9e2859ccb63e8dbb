import { bytesOf } from '../../widget/protocol/code/ascii.ts';
import { encodeBase64url } from '../../widget/protocol/code/base64url.ts';
import { claimsText, headerText, type CodeClaims } from '../../widget/protocol/code/claims.ts';
import { toQrText } from '../../widget/protocol/code/qr-text.ts';
import { keyOf, order, signatureOf, signVector, twinOf, type VectorKey } from './signing.ts';

/** A code of the deck in each form that the check goes through, as far as it gets. */
export interface VectorCode {
  /** What the scanner read. */
  scanned: string;
  /** What {@link scanned} says once digits are read back. */
  jws?: string;
  header?: string;
  claims?: string;
  /** The ASCII text that the signature is for. */
  signingInput?: string;
  /** r‖s, hexadecimal. */
  signature?: string;
}

/** 2026-03-01 10:00 in Shanghai; 14 hours before the midnight that cases look at. */
export const now = Date.UTC(2026, 2, 1, 2) / 1000;
export const midnight = now + 14 * 3600;

export const key = keyOf('k1', 'issuer');
export const nextKey = keyOf('k2', 'issuer, next');
const stranger = keyOf('k1', 'stranger');
const unpinned = keyOf('k3', 'unpinned');

/** Pseudonyms of one person on two service days, and of another person. */
export const [sub, subTomorrow, otherSub] = [7, 8, 9].map((byte) =>
  encodeBase64url(new Uint8Array(16).fill(byte)),
) as [string, string, string];

export const claims: CodeClaims = { jti: 'Gr4nt-_00', sub, nbf: now, exp: now + 60 };
const ownHeader = headerText(key.kid);
const ownClaims = claimsText(claims);

interface Making {
  header?: string;
  payload?: string;
  by?: VectorKey;
  sign?: (input: string) => Uint8Array;
}

/** Any header and claims with a signature, shown as the digits of the QR. */
function made({ header = ownHeader, payload = ownClaims, by = key, sign }: Making): VectorCode {
  const signingInput = `${encodeBase64url(bytesOf(header))}.${encodeBase64url(bytesOf(payload))}`;
  const signature = sign?.(signingInput) ?? signVector(by, signingInput);
  const jws = `${signingInput}.${encodeBase64url(signature)}`;
  const hex = Buffer.from(signature).toString('hex');
  return {
    scanned: toQrText(jws),
    jws,
    header,
    claims: payload,
    signingInput,
    signature: hex,
  };
}
const withClaims = (changed: Partial<CodeClaims>): VectorCode =>
  made({ payload: claimsText({ ...claims, ...changed }) });
const withHeader = (header: string): VectorCode => made({ header });
const withPayload = (payload: string): VectorCode => made({ payload });

const good = made({});
const goodJws = good.jws ?? '';
const [head = '', body = '', tail = ''] = goodJws.split('.');
/** A text that the scanner read as it stands; no digits. */
const read = (scanned: string): VectorCode => ({ scanned });
/** A text that came as digits. */
const inDigits = (jws: string): VectorCode => ({ scanned: toQrText(jws), jws });
/** The same bytes to a lenient reader: the last character with its meaningless bits counted up. */
const nextSpelling = (part: string): string =>
  part.slice(0, -1) + String.fromCharCode(part.charCodeAt(part.length - 1) + 1);
const swapped = (text: string, from: string, to: string): string => {
  const result = text.replace(from, to);
  if (result === text) throw new Error(`${from} is not in ${text}`);
  return result;
};
/** A JWS that says it is another kind, of as many characters; 64 bytes of signature. */
const otherKind = (length: number): string => {
  const around = `${encodeBase64url(bytesOf('{"alg": "HS256"}'))}..${tail}`;
  const payload = 'A'.repeat(length - around.length);
  return around.replace('..', `.${payload}.`);
};
const signatureBytes = ({ signature = '' }: VectorCode): Uint8Array =>
  Buffer.from(signature, 'hex');
const inClaims = (from: string, to: string): VectorCode =>
  withPayload(swapped(ownClaims, from, to));

export const goodCodes = {
  good,
  'good, as JWS': { ...good, scanned: goodJws },
  'good, by its signature’s twin': made({
    sign: (input) => twinOf(signVector(key, input)),
  }),
  'second of the pack': withClaims({ jti: 'Gr4nt-_01', nbf: now + 60, exp: now + 120 }),
  third: withClaims({ jti: 'Gr4nt-_02', nbf: now + 120, exp: now + 180 }),
  fourth: withClaims({ jti: 'Gr4nt-_03', nbf: now + 180, exp: now + 240 }),
  'short last of a pack': withClaims({ jti: 'Gr4nt-_0t', exp: now + 5 }),
  'of the next key': made({ header: headerText('k2'), by: nextKey }),
  'longest counter': withClaims({ jti: 'Gr4nt-_0zzzz' }),
  'before midnight': withClaims({ jti: 'Gr4nt-_0a', nbf: midnight - 60, exp: midnight }),
  'after midnight': withClaims({
    jti: 'Gr4nt-_0b',
    sub: subTomorrow,
    nbf: midnight,
    exp: midnight + 60,
  }),
  'of another person': withClaims({ jti: 'Other-_00', sub: otherSub }),
} satisfies Record<string, VectorCode>;

/** Refused as `malformed` whatever the gate holds; each is truly signed where it can be. */
export const malformedCodes: Record<string, VectorCode> = {
  empty: read(''),
  'an address': read('https://example.com/?code=1'),
  'an odd number of digits': read(good.scanned.slice(0, -1)),
  'digits outside the alphabet': read('99'.repeat(250)),
  'digits of full width': read(
    good.scanned.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  ),
  'digits of digits': read(toQrText(good.scanned).slice(0, 1024)),
  'white space among the digits': read(`${good.scanned.slice(0, 8)} ${good.scanned.slice(9)}`),
  'another kind of JWS, 1,025 characters': read(otherKind(1025)),
  'white space before': read(` ${goodJws}`),
  'a line end after': read(`${goodJws}\n`),
  'white space inside': read(`${head}. ${body}.${tail}`),
  'a byte order mark before': read(`\uFEFF${goodJws}`),
  'padded signature': read(`${goodJws}==`),
  'padded header': read(`${head}=.${body}.${tail}`),
  'plain base64 alphabet': read(`${head}.${body}.${'+/'.repeat(43)}`),
  'stray bits in the signature': inDigits(`${head}.${body}.${nextSpelling(tail)}`),
  'stray bits in the header': inDigits(`${nextSpelling(head)}.${body}.${tail}`),
  'two parts': inDigits(`${head}.${body}`),
  'four parts': inDigits(`${goodJws}.${tail}`),
  'five parts, as a JWE': inDigits(`${head}.${body}.${body}.${body}.${tail}`),
  'an empty signature': inDigits(`${head}.${body}.`),
  'a JWS in JSON': read(JSON.stringify({ protected: head, payload: body, signature: tail })),
  'a disclosure after it, as in SD-JWT': read(`${goodJws}~`),
  'signature of 63 bytes': made({ sign: (input) => signVector(key, input).subarray(1) }),
  'signature of 65 bytes': made({
    sign: (input) => Buffer.concat([Buffer.alloc(1), signVector(key, input)]),
  }),
  'header: not JSON': withHeader('hello'),
  'header: a list': withHeader(`[${ownHeader}]`),
  'header: white space': withHeader(swapped(ownHeader, ',', ', ')),
  'header: another order': withHeader('{"typ":"bid","alg":"ES256","kid":"k1"}'),
  'header: one member more': withHeader(swapped(ownHeader, '}', ',"jku":"https://example.com"}')),
  'header: crit': withHeader(swapped(ownHeader, '}', ',"crit":["b64"],"b64":false}')),
  'header: a member twice': withHeader(swapped(ownHeader, '{', '{"alg":"none",')),
  'header: an escape': withHeader(swapped(ownHeader, 'bid', '\\u0062id')),
  'header: no kid': withHeader('{"alg":"ES256","typ":"bid"}'),
  'header: kid of five characters': withHeader(headerText('abcde')),
  'header: kid with a slash': withHeader(headerText('../k')),
  'header: kid a number': withHeader('{"alg":"ES256","kid":1,"typ":"bid"}'),
  'claims: none': withPayload(''),
  'claims: not JSON': withPayload('hello'),
  'claims: a list': withPayload(`[${ownClaims}]`),
  'claims: white space': inClaims(':', ': '),
  'claims: another order': withPayload(
    `{"sub":"${sub}","jti":"${claims.jti}","nbf":${now},"exp":${now + 60}}`,
  ),
  'claims: one twice': inClaims('"exp"', `"nbf":${now},"exp"`),
  'claims: one more': inClaims('}', ',"iat":1}'),
  'claims: one less': inClaims(`,"exp":${now + 60}`, ''),
  'claims: a time as text': inClaims(String(now), `"${now}"`),
  'claims: a time with a fraction': inClaims(String(now), `${now}.5`),
  'claims: a time with a fraction of nothing': inClaims(String(now), `${now}.0`),
  'claims: a time as a power': inClaims(String(now), '1772330400e0'),
  'claims: a negative time': inClaims(String(now), '-1'),
  'claims: a time with a leading zero': inClaims(String(now), `0${now}`),
  'claims: a time of sixteen digits': inClaims(String(now + 60), '9007199254740993'),
  'claims: jti without a counter': inClaims(claims.jti, claims.jti.slice(0, 8)),
  'claims: jti too long': inClaims(claims.jti, `${claims.jti}0000`),
  'claims: a counter in capitals': inClaims(claims.jti, `${claims.jti.slice(0, 8)}A`),
  'claims: jti with an escape': inClaims('Gr4nt', '\\u0047r4nt'),
  'claims: sub too short': inClaims(sub, sub.slice(1)),
  'claims: stray bits in sub': inClaims(sub, `${sub.slice(0, 21)}B`),
  'a life of 61 seconds': withClaims({ exp: now + 61 }),
  'a life of no seconds': withClaims({ exp: now }),
  'an end before the beginning': withClaims({ exp: now - 1 }),
};

/** A JWS of another kind: the header is a JSON object that says so. */
export const unsupportedCodes: Record<string, VectorCode> = {
  'alg none, no signature': made({
    header: swapped(ownHeader, 'ES256', 'none'),
    sign: () => new Uint8Array(),
  }),
  'alg HS256': withHeader(swapped(ownHeader, 'ES256', 'HS256')),
  'alg ES384, 96 bytes': made({
    header: swapped(ownHeader, 'ES256', 'ES384'),
    sign: () => new Uint8Array(96).fill(1),
  }),
  'alg in small letters': withHeader(swapped(ownHeader, 'ES256', 'es256')),
  'no alg': withHeader('{"kid":"k1","typ":"bid"}'),
  'typ JWT': withHeader(swapped(ownHeader, '"bid"', '"JWT"')),
  'typ of the denylist': withHeader(swapped(ownHeader, '"bid"', '"bid-denylist+jwt"')),
  'no typ': withHeader('{"alg":"ES256","kid":"k1"}'),
  'an empty header': withHeader('{}'),
  'another kind of JWS, 1,024 characters': read(otherKind(1024)),
  'alg twice, the last another': withHeader(swapped(ownHeader, '}', ',"alg":"none"}')),
};

export const unknownKeyCodes: Record<string, VectorCode> = {
  'a kid that is not pinned': made({ header: headerText('k3'), by: unpinned }),
  'a kid in other letters': withHeader(headerText('K1')),
  'a kid called like a member of every object': withHeader(headerText('toSt')),
};

export const badSignatureCodes: Record<string, VectorCode> = {
  'a stranger’s key under our kid': made({ by: stranger }),
  'our next key under this kid': made({ by: nextKey }),
  'this key under the next kid': withHeader(headerText('k2')),
  'claims exchanged after signing': {
    ...made({ payload: claimsText({ ...claims, nbf: now + 1 }), sign: () => signatureBytes(good) }),
  },
  'signature of zeros': made({ sign: () => signatureOf(0n, 0n) }),
  'signature r = 1, s = 0': made({ sign: () => signatureOf(1n, 0n) }),
  'signature r = n, s = n': made({ sign: () => signatureOf(order, order) }),
  'r and s exchanged': made({
    sign: (input) => {
      const signature = signVector(key, input);
      return Buffer.concat([signature.subarray(32), signature.subarray(0, 32)]);
    },
  }),
  // The signature comes before the claims: whoever did not sign learns nothing about them.
  'malformed claims, not signed by us': made({ payload: 'hello', by: stranger }),
};
