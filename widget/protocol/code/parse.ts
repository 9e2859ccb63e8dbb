import { decodeBase64url } from './base64url.ts';
import { claimsText, codeType, headerText, longestText, type CodeClaims } from './claims.ts';
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

const malformed: ParseResult = { ok: false, reason: 'malformed' };
const kidPattern = /^[\w-]{1,4}$/;
const jtiPattern = /^[\w-]{8}[0-9a-z]{1,4}$/;
/** 22 characters of base64url whose last has no stray bits: 128 bit in their one spelling. */
const subPattern = /^[\w-]{21}[AQgw]$/;
const utf8 = new TextEncoder();

/**
 * Takes what a scanner read apart: the digits of the QR, or the compact JWS itself. Strictly: canonical base64url, and the header exactly as this service
 * writes it. `unsupported` is a JWS of another kind, `malformed` everything else.
 */
export function parseCode(scanned: string): ParseResult {
  if (scanned.length > longestText) return malformed;
  const [header = '', payload = '', signature = '', ...rest] = fromQrText(scanned).split('.');
  const headerBytes = decodeBase64url(header);
  const payloadBytes = decodeBase64url(payload);
  const signatureBytes = decodeBase64url(signature);
  if (rest.length > 0 || !headerBytes || !payloadBytes || !signatureBytes) return malformed;

  const members = readObject(latin1(headerBytes));
  if (!members) return malformed;
  const { alg, kid, typ } = members;
  if (alg !== 'ES256' || typ !== codeType) return { ok: false, reason: 'unsupported' };
  if (typeof kid !== 'string' || !kidPattern.test(kid)) return malformed;
  if (headerText(kid) !== latin1(headerBytes)) return malformed;
  if (signatureBytes.length !== 64) return malformed;

  const signed = utf8.encode(`${header}.${payload}`);
  return {
    ok: true,
    code: { kid, signed, signature: signatureBytes, payload: latin1(payloadBytes) },
  };
}

/** Reads the claims of a code, exactly as this service writes them; anything else is `undefined`. */
export function readClaims(payload: string): CodeClaims | undefined {
  const members = readObject(payload);
  if (!members) return undefined;
  const { jti, sub, nbf, exp } = members;
  if (typeof jti !== 'string' || !jtiPattern.test(jti)) return undefined;
  if (typeof sub !== 'string' || !subPattern.test(sub)) return undefined;
  if (!isInstant(nbf) || !isInstant(exp)) return undefined;
  const claims = { jti, sub, nbf, exp };
  return claimsText(claims) === payload ? claims : undefined;
}

const isInstant = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;

/** Every byte as the character of its value: a code holds ASCII, and anything else must not match it. */
const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
