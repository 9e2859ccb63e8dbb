/**
 * base64url (RFC 4648, section 5) without padding, in its one canonical spelling. Libraries accept
 * padding, white space and stray bits in the last character; for a code each of those would be
 * another text with the same meaning.
 */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const values = new Int8Array(128).fill(-1);
for (let value = 0; value < 64; value++) values[alphabet.charCodeAt(value)] = value;

/** Reads the canonical spelling; any other text gives `undefined`. */
export function decodeBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array((text.length * 3) >> 2);
  let bits = 0;
  let buffer = 0;
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text.charCodeAt(i);
    const value = character < 128 ? values[character]! : -1;
    if (value < 0) return undefined;
    buffer = (buffer << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[length++] = (buffer >> bits) & 0xff;
      buffer &= (1 << bits) - 1;
    }
  }
  // A lone last character or leftover bits that are not zero: encoding again would give another text.
  return bits < 6 && buffer === 0 ? bytes : undefined;
}

export function encodeBase64url(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b, c] = [bytes[i]!, bytes[i + 1], bytes[i + 2]];
    const triple = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text += alphabet.charAt(triple >> 18) + alphabet.charAt((triple >> 12) & 63);
    if (b !== undefined) text += alphabet.charAt((triple >> 6) & 63);
    if (c !== undefined) text += alphabet.charAt(triple & 63);
  }
  return text;
}
