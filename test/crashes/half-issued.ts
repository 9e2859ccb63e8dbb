import type { Store } from '../../mock-server/store/open-store.ts';

/**
 * Checks that are half ended, where nobody is refused, unless for a proof that still holds: an assertion that is
 * used up comes with its grant and the identity, and for an application with the proof and the approval; one
 * that is not, with nothing. And applications without their check, or checks without theirs.
 */
export async function halfIssued(store: Store): Promise<string[]> {
  const checks = await store.selectFrom('liveness_checks').selectAll().execute();
  const applications = await store.selectFrom('applications').selectAll().execute();
  const proofs = await store.selectFrom('proofs').selectAll().execute();
  const grants = await store.selectFrom('grants').selectAll().execute();
  const identities = await store.selectFrom('identities').select('person').execute();
  const answers = await store.selectFrom('idempotency_keys').selectAll().execute();

  const known = new Set(identities.map(({ person }) => person));
  const isUsed = (check: { assertion_hash: string | null }) => check.assertion_hash !== null;
  const passed = new Set(checks.filter(isUsed).map(({ person }) => person));
  const halfEnded = checks.flatMap((check) => {
    const { person, id, purpose } = check;
    const used = isUsed(check);
    const status = applications.find((each) => each.id === id)?.status;
    const came = {
      grant: grants.some(({ check_id }) => check_id === id),
      // Of somebody who has passed another check it is there already.
      identity: known.has(person) && (used || !passed.has(person)),
      ...(purpose === 'apply' && {
        proof: status === 'refused' || proofs.some(({ application }) => application === id),
        approval: status === 'refused' || status === 'approved',
      }),
    };
    return Object.entries(came)
      .filter(([, isThere]) => isThere !== used)
      .map(([what]) => `${person}: the assertion is ${used ? '' : 'not '}used, the ${what} not so`);
  });
  const checked = checks.filter(({ purpose }) => purpose === 'apply').map(({ id }) => id);
  const applied = applications.map(({ id }) => id);
  const ids = new Set(grants.map(({ public_id }) => public_id));
  return [
    ...halfEnded,
    ...applied
      .filter((id) => !checked.includes(id))
      .map((id) => `${id}: an application without its check`),
    ...checked
      .filter((id) => !applied.includes(id))
      .map((id) => `${id}: a check without its application`),
    ...answers
      .filter(({ grant_id }) => grant_id !== null && !ids.has(grant_id))
      .map(({ key }) => `${key}: an answer is kept with a grant that is not there`),
  ];
}
