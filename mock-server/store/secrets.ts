import { randomBytes } from 'node:crypto';
import type { Store } from './open-store.ts';

/** The symmetric keys that servers on one store share, 32 bytes each. */
const secretNames = [
  'person',
  'day',
  'nonce',
  'seal',
  'gate-credential',
  'crew-credential',
] as const;
export type Secrets = Record<(typeof secretNames)[number], Buffer>;

/** Reads the secrets, making those that are missing; safe when two servers start at once. */
export async function loadSecrets(store: Store): Promise<Secrets> {
  await store
    .insertInto('secrets')
    .values(secretNames.map((name) => ({ name, value: randomBytes(32).toString('base64url') })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const rows = await store.selectFrom('secrets').selectAll().execute();
  const values = new Map(rows.map(({ name, value }) => [name, Buffer.from(value, 'base64url')]));
  return Object.fromEntries(secretNames.map((name) => [name, values.get(name)])) as Secrets;
}
