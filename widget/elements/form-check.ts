import type { TypedIdentity } from '../protocol/messages/holder.ts';
import { readName, type NameRefusal } from '../protocol/person-name.ts';
import { readResidentId, type ResidentIdRefusal } from '../protocol/resident-id.ts';

/** What stands against sending a form, by field. Empty when nothing does. */
export interface FormErrors {
  name?: NameRefusal;
  number?: ResidentIdRefusal | 'empty';
  consent?: 'missing';
  location?: 'missing';
}

/** The fields in the order in which they stand, so that focus goes to the first that is wrong. */
export const formFields = [
  'name',
  'number',
  'location',
  'consent',
] as const satisfies readonly (keyof FormErrors)[];
export type FormField = (typeof formFields)[number];

/** What a guest filled in; a signed-in traveller fills in nothing (R4). */
export interface GuestForm {
  identity: TypedIdentity;
  consent: boolean;
}

/**
 * Checks a form by the rules the issuer judges by, but keeps the reason of each field.
 *
 * @param located undefined where no location is needed, which is for viewing
 * @param at the instant of reading, whole seconds since the epoch
 */
export function checkForm(
  guest: GuestForm | undefined,
  located: boolean | undefined,
  at: number,
): FormErrors {
  const errors: FormErrors = {};
  if (guest) {
    const name = readName(guest.identity.name);
    if (!name.ok) errors.name = name.reason;
    const number = readResidentId(guest.identity.number, at);
    if (!guest.identity.number.trim()) errors.number = 'empty';
    else if (!number.ok) errors.number = number.reason;
    if (!guest.consent) errors.consent = 'missing';
  }
  if (located === false) errors.location = 'missing';
  return errors;
}
