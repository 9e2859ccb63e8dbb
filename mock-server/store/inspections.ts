import type { Store } from './open-store.ts';
import type { InspectionRow, OfflineAdmissionRow } from './schema.ts';

export const recordInspection = (store: Store, row: InspectionRow) =>
  store.insertInto('inspections').values(row).execute();

/** A gate that did not hear the answer tells it again: the first telling stands. */
export const recordOfflineAdmission = (store: Store, row: OfflineAdmissionRow) =>
  store
    .insertInto('offline_admissions')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
