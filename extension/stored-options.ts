import * as v from 'valibot';
import { stored, type StorageArea, type Stored } from './stored.ts';

/** What the traveller has set. No name and no ID digit is among it (B7). */
const Options = v.object({
  version: v.literal(2),
  /** Origin of the issuer. */
  issuer: v.string(),
  language: v.picklist(['browser', 'zh', 'en']),
  theme: v.picklist(['browser', 'light', 'dark']),
  /** What a notification is wanted for; none is shown before the browser allows them. */
  reminders: v.object({ renewal: v.boolean(), end: v.boolean(), verification: v.boolean() }),
  /** Whoever has signed in, by the reference of an issuer that offers a sign-in, and where it does. */
  signedIn: v.optional(v.object({ user: v.string(), at: v.string() })),
});
export type Options = v.InferOutput<typeof Options>;
export type Reminder = keyof Options['reminders'];

/** Where `npm start` listens. */
export const defaultIssuer = 'http://localhost:8080';

export const defaultOptions: Options = {
  version: 2,
  issuer: defaultIssuer,
  language: 'browser',
  theme: 'browser',
  reminders: { renewal: false, end: false, verification: false },
};

/** Version 1: one switch for all reminders. */
const FirstOptions = v.object({
  version: v.literal(1),
  issuer: v.string(),
  language: v.picklist(['browser', 'zh', 'en']),
  reminders: v.boolean(),
});

/** What was found, as today's options: an earlier version's are carried over, anything else is none. */
export function understandOptions(found: unknown): Options {
  if (v.is(Options, found)) return found;
  if (v.is(FirstOptions, found)) {
    const { issuer, language, reminders: all } = found;
    const reminders = { renewal: all, end: all, verification: all };
    return { ...defaultOptions, issuer, language, reminders };
  }
  return defaultOptions;
}

export const storedOptions = (area: StorageArea): Stored<Options> =>
  stored(area, 'options', understandOptions);
