import type { Store } from '../../mock-server/store/open-store.ts';

/**
 * Checks that are half ended, where nobody is refused: an assertion that is used up comes with its grant, and
 * for an application with the identity, the proof and the approval; one that is not, with nothing.
 */
export async function halfIssued(store: Store): Promise<string[]> {
  const checks = await store.selectFrom('liveness_checks').selectAll().execute();
  const applications = await store.selectFrom('applications').selectAll().execute();
  const proofs = await store.selectFrom('proofs').selectAll().execute();
  const grants = await store.selectFrom('grants').selectAll().execute();
  const identities = await store.selectFrom('identities').select('person').execute();
  const answers = await store.selectFrom('idempotency_keys').selectAll().execute();

  const known = new Set(identities.map(({ person }) => person));
  const halfEnded = checks.flatMap(({ person, id, purpose, assertion_hash }) => {
    const isUsed = assertion_hash !== null;
    const came = {
      grant: grants.some(({ check_id }) => check_id === id),
      ...(purpose === 'apply' && {
        identity: known.has(person),
        proof: proofs.some(({ application }) => application === id),
        approval: applications.some((each) => each.id === id && each.status === 'approved'),
      }),
    };
    return Object.entries(came)
      .filter(([, isThere]) => isThere !== isUsed)
      .map(
        ([what]) => `${person}: the assertion is ${isUsed ? '' : 'not '}used, the ${what} not so`,
      );
  });
  const ids = new Set(grants.map(({ public_id }) => public_id));
  return [
    ...halfEnded,
    ...answers
      .filter(({ grant_id }) => grant_id !== null && !ids.has(grant_id))
      .map(({ key }) => `${key}: an answer is kept with a grant that is not there`),
  ];
}
