import { bytesOf, textOf } from './ascii.ts';
import { decodeBase64url } from './base64url.ts';
import { codeType, longestText, type CodeClaims } from './claims.ts';
import { fromQrText } from './qr-text.ts';

/** A text that has the form of a code; its signature and claims have not been looked at yet. */
export interface UnverifiedCode {
  kid: string;
  /** What the signature covers. */
  signed: Uint8Array<ArrayBuffer>;
  /** Raw r‖s, 64 bytes (RFC 7518, section 3.4). */
  signature: Uint8Array<ArrayBuffer>;
  /** The claims as text; to be read with {@link readClaims} once the signature holds. */
  payload: string;
}

export type ParseResult =
  { ok: true; code: UnverifiedCode } | { ok: false; reason: 'malformed' | 'unsupported' };

/**
 * Header and claims have one spelling each (`claims.ts`), so a pattern reads them: it needs no
 * separate rules for member order, duplicates, white space, escapes and number forms. The last
 * character of `sub` has no stray bits; fifteen digits stay far below what a number holds exactly.
 */
const headerPattern = /^\{"alg":"ES256","kid":"([\w-]{1,4})","typ":"bid"\}$/;
const claimsPattern =
  /^\{"jti":"([\w-]{8}[0-9a-z]{1,4})","sub":"([\w-]{21}[AQgw])","nbf":(0|[1-9]\d{0,14}),"exp":(0|[1-9]\d{0,14})\}$/;

const malformed: ParseResult = { ok: false, reason: 'malformed' };
const unsupported: ParseResult = { ok: false, reason: 'unsupported' };

/**
 * Takes what a scanner read apart: the digits of the QR, or the compact JWS itself (RFC 7515,
 * section 3.1). Strictly: canonical base64url, and the header exactly as this service writes it.
 * `unsupported` is a JWS of another kind, `malformed` everything else.
 */
export function parseCode(scanned: string): ParseResult {
  if (scanned.length > longestText) return malformed;
  const text = fromQrText(scanned);
  const [header = '', payload = '', signature = '', ...rest] = text.split('.');
  const headerBytes = decodeBase64url(header);
  const payloadBytes = decodeBase64url(payload);
  const signatureBytes = decodeBase64url(signature);
  if (rest.length > 0 || !headerBytes || !payloadBytes || !signatureBytes) return malformed;

  const headerText = textOf(headerBytes);
  const kid = headerPattern.exec(headerText)?.[1];
  if (kid === undefined) return isOtherToken(headerText) ? unsupported : malformed;
  if (signatureBytes.length !== 64) return malformed;

  const signed = bytesOf(text.slice(0, header.length + 1 + payload.length));
  return {
    ok: true,
    code: { kid, signed, signature: signatureBytes, payload: textOf(payloadBytes) },
  };
}

/** Reads the claims of a code, exactly as this service writes them; anything else is `undefined`. */
export function readClaims(payload: string): CodeClaims | undefined {
  const [, jti, sub, nbf, exp] = claimsPattern.exec(payload) ?? [];
  if (jti === undefined || sub === undefined) return undefined;
  return { jti, sub, nbf: Number(nbf), exp: Number(exp) };
}

/** Whether a text that is not the header of a code is the header of some other JWS. */
function isOtherToken(headerText: string): boolean {
  try {
    const header: unknown = JSON.parse(headerText);
    if (typeof header !== 'object' || header === null || Array.isArray(header)) return false;
    const { alg, typ } = header as { alg?: unknown; typ?: unknown };
    return alg !== 'ES256' || typ !== codeType;
  } catch {
    return false;
  }
}
