/**
 * base64url (RFC 4648, section 5) without padding, in its one canonical spelling. Libraries accept
 * padding, white space and stray bits in the last character; for a code each of those would be
 * another text with the same meaning.
 */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const values = new Int8Array(128).fill(-1);
for (let value = 0; value < 64; value++) values[alphabet.charCodeAt(value)] = value;

/** The value of a character of the alphabet; outside it, and past the end of the text, negative. */
const valueAt = (text: string, index: number): number => values[text.charCodeAt(index)] ?? -1;

/** Reads the canonical spelling; any other text gives `undefined`. */
export function decodeBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  const trailing = text.length % 4;
  const whole = text.length - trailing;
  const bytes = new Uint8Array((text.length * 3) >> 2);
  let length = 0;
  for (let i = 0; i < whole; i += 4) {
    const group =
      (valueAt(text, i) << 18) |
      (valueAt(text, i + 1) << 12) |
      (valueAt(text, i + 2) << 6) |
      valueAt(text, i + 3);
    // Any negative value makes the whole group negative.
    if (group < 0) return undefined;
    bytes[length++] = group >> 16;
    bytes[length++] = group >> 8;
    bytes[length++] = group;
  }
  if (trailing === 0) return bytes;

  const group =
    (valueAt(text, whole) << 18) |
    (valueAt(text, whole + 1) << 12) |
    (trailing === 3 ? valueAt(text, whole + 2) << 6 : 0);
  // A lone last character lacks its second. Bits beyond the last byte must be zero, or encoding
  // again would give another text.
  if (group < 0 || (group & (trailing === 3 ? 0xff : 0xffff)) !== 0) return undefined;
  bytes[length++] = group >> 16;
  if (trailing === 3) bytes[length++] = group >> 8;
  return bytes;
}

export function encodeBase64url(bytes: Uint8Array): string {
  let text = '';
  let i = 0;
  for (; i + 2 < bytes.length; i += 3) {
    const group = (bytes[i]! << 16) | (bytes[i + 1]! << 8) | bytes[i + 2]!;
    text +=
      alphabet[group >> 18]! +
      alphabet[(group >> 12) & 63]! +
      alphabet[(group >> 6) & 63]! +
      alphabet[group & 63]!;
  }
  const trailing = bytes.length - i;
  if (trailing === 0) return text;
  const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8);
  text += alphabet[group >> 18]! + alphabet[(group >> 12) & 63]!;
  return trailing === 2 ? text + alphabet[(group >> 6) & 63]! : text;
}
