const encoder = new TextEncoder();
// A byte order mark must stay visible: a text with one is not the text without it.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The bytes of an ASCII text. */
export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text);

/** Bytes as text. Codes are ASCII; any other byte gives a character that no code contains. */
export const textOf = (bytes: Uint8Array): string => decoder.decode(bytes);
