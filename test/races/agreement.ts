import type { Selectable } from 'kysely';
import type { Store } from '../../mock-server/store/open-store.ts';
import type { ProofRow, Schema } from '../../mock-server/store/schema.ts';

type Grant = Selectable<Schema['grants']>;

/**
 * What proofs, grants, applications and the gates' ledger contradict each other in; nothing, if all is well.
 *
 * @param at whole seconds since the epoch
 */
export async function contradictions(store: Store, at: number): Promise<string[]> {
  const proofs = await store.selectFrom('proofs').selectAll().execute();
  const grants = await store.selectFrom('grants').selectAll().execute();
  return [
    ...ofChains(proofs),
    ...ofGrants(proofs, grants, at),
    ...(await ofApplications(store, proofs)),
    ...(await ofChecks(store, grants)),
    ...(await ofLedger(store, grants)),
  ];
}

const grouped = <Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> => {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
};

/** R9, R11: what the constraints of the table forbid as well, looked at without them. */
export function ofChains(proofs: readonly ProofRow[]): string[] {
  const wrong: string[] = [];
  for (const [person, unsorted] of grouped(proofs, (row) => row.person)) {
    const chain = [...unsorted].sort((a, b) => a.ordinal - b.ordinal);
    chain.forEach(({ ordinal, issued_at }, index) => {
      const before = chain[index - 1];
      if (ordinal !== index + 1) wrong.push(`${person}: link ${index + 1} is ${ordinal}`);
      if (before && issued_at < before.renew_from) {
        wrong.push(`${person}: proof ${ordinal} came before its time`);
      }
    });
    for (const [month, links] of grouped(chain, (row) => row.month)) {
      if (links.length > 3) wrong.push(`${person}: ${links.length} proofs in ${month}`);
    }
  }
  return wrong;
}

function ofGrants(proofs: readonly ProofRow[], grants: readonly Grant[], at: number): string[] {
  const wrong: string[] = [];
  const chains = grouped(proofs, (row) => row.person);
  for (const [person, theirs] of grouped(grants, (row) => row.person)) {
    const sequences = theirs.map(({ sequence }) => sequence).sort((a, b) => a - b);
    if (sequences.some((sequence, index) => sequence !== index + 1)) {
      wrong.push(`${person}: grants ${sequences.join()}`);
    }
    const ordinals = (chains.get(person) ?? []).map(({ ordinal }) => ordinal);
    const orphans = theirs.filter((grant) => !ordinals.includes(grant.proof_ordinal));
    if (orphans.length > 0) wrong.push(`${person}: ${orphans.length} grants of no proof`);
    const live = theirs.filter((grant) => grant.ended_at === null && grant.expires_at > at);
    if (live.length > 1) wrong.push(`${person}: ${live.length} live grants`);
    // R12
    if (live.some((grant) => grant.proof_ordinal !== Math.max(...ordinals))) {
      wrong.push(`${person}: the live grant shows an old proof`);
    }
  }
  return wrong;
}

async function ofApplications(store: Store, proofs: readonly ProofRow[]): Promise<string[]> {
  const approved = await store
    .selectFrom('applications')
    .selectAll()
    .where('status', '=', 'approved')
    .execute();
  const ofProofs = proofs.map(({ person, ordinal, application }) =>
    [person, ordinal, application].join(' '),
  );
  const ofApproved = approved.map(({ person, proof_ordinal, id }) =>
    [person, proof_ordinal, id].join(' '),
  );
  return [
    ...ofProofs
      .filter((proof) => !ofApproved.includes(proof))
      .map((proof) => `${proof}: no application was approved for this proof`),
    ...ofApproved
      .filter((application) => !ofProofs.includes(application))
      .map((application) => `${application}: no proof came of this application`),
  ];
}

/** Every grant was opened by a check that has been passed, on the same key. */
async function ofChecks(store: Store, grants: readonly Grant[]): Promise<string[]> {
  const checks = await store
    .selectFrom('liveness_checks')
    .select(['person', 'id', 'thumbprint'])
    .where('assertion_hash', 'is not', null)
    .execute();
  const passed = new Set(checks.map((check) => [check.person, check.id, check.thumbprint].join()));
  return grants
    .filter((grant) => !passed.has([grant.person, grant.check_id, grant.thumbprint].join()))
    .map(({ person, sequence }) => `${person}: grant ${sequence} of no check`);
}

/** Every code let in used its ticket, which no other did; and each was of a grant. */
async function ofLedger(store: Store, grants: readonly Grant[]): Promise<string[]> {
  const codes = await store.selectFrom('code_uses').selectAll().execute();
  const tickets = await store.selectFrom('ticket_uses').selectAll().execute();
  const ids = new Set(grants.map(({ public_id }) => public_id));
  const used = tickets.map(({ ticket_id, purpose }) => `${ticket_id} ${purpose}`).sort();
  const shown = codes.map(({ ticket_id, purpose }) => `${ticket_id} ${purpose}`).sort();
  return [
    ...(used.join() === shown.join() ? [] : ['the codes let in are not the tickets used']),
    ...(new Set(used).size === used.length ? [] : ['a single ticket was used twice']),
    ...codes
      .filter(({ jti }) => !ids.has(jti.slice(0, 8)))
      .map(({ jti }) => `${jti}: a code of no grant was let in`),
  ];
}
