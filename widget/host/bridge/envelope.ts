import * as v from 'valibot';

/** What a host can do in place of the browser. Each is optional, and each has a browser's fallback. */
export const capabilities = [
  'session',
  'location',
  'liveness',
  'scan-mode',
  'settings',
  'haptics',
  'close',
] as const;
export type Capability = (typeof capabilities)[number];

/** The only version there is; one that is not known is not listened to. */
export const version = 1;

/**
 * Every message of the bridge, either way, as JSON text. `id` belongs to a request and to its answer,
 * whose type is `answer`; what is only told has none. Never identity, and never a key (B7).
 */
export const Envelope = v.object({
  version: v.literal(version),
  type: v.pipe(v.string(), v.maxLength(32)),
  id: v.optional(v.pipe(v.number(), v.integer())),
  payload: v.optional(v.unknown()),
});
export type Envelope = v.InferOutput<typeof Envelope>;

/** The host's first message: what it can do. What this version does not know of is left out. */
export const Welcome = v.object({ capabilities: v.array(v.string()) });

/** No answer of a host is longer: a session and a liveness assertion are about 1,000 characters. */
export const longestMessage = 16_384;

/** @returns nothing for anything that is no message of this version */
export function readEnvelope(text: unknown): Envelope | undefined {
  if (typeof text !== 'string' || text.length > longestMessage) return undefined;
  try {
    const parsed = v.safeParse(Envelope, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
