import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { nextLink } from '../../mock-server/issuer/proof-chain.ts';
import {
  addApplication,
  addLivenessCheck,
  consumeLivenessCheck,
  decideApplication,
} from '../../mock-server/store/applications.ts';
import { openGrant, type NewGrant } from '../../mock-server/store/grants.ts';
import { keepIdentity } from '../../mock-server/store/identities.ts';
import { issueAtOnce, type WholeIssue } from '../../mock-server/store/issue-at-once.ts';
import type { OpenStore } from '../../mock-server/store/open-store.ts';
import { addProof, lastProof } from '../../mock-server/store/proofs.ts';
import { policy } from '../../widget/protocol/policy.ts';
import { emptyStore } from '../empty-store.ts';

const at = Date.parse('2027-03-01T12:00:00+08:00') / 1000;
const dayLater = at + 24 * 3600;

let store: OpenStore;
let remove: () => Promise<void>;
before(async () => {
  ({ store, remove } = await emptyStore());
});
after(() => remove());

const tables = ['identities', 'proofs', 'grants', 'applications', 'liveness_checks'] as const;

/** All that stands about a person, without the person’s own key. */
async function rowsOf(person: string): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {};
  for (const table of tables) {
    const found = await store.selectFrom(table).selectAll().where('person', '=', person).execute();
    rows[table] = found.map((row) => ({ ...row, person: '' }));
  }
  return rows;
}

/** Somebody who has applied, and what it comes to. */
async function applied(person: string, id: string, time = at): Promise<WholeIssue> {
  const thumbprint = 'key';
  await addApplication(store, {
    person,
    id,
    thumbprint,
    place: 'beijing',
    status: 'started',
    reason: null,
    applied_at: time,
    decided_at: null,
    proof_ordinal: null,
  });
  await addLivenessCheck(store, {
    person,
    id,
    purpose: 'apply',
    thumbprint,
    identity: `sealed ${id}`,
    nonce: 'nonce',
    expires_at: time + 120,
    assertion_hash: null,
  });
  const next = nextLink(person, await lastProof(store, person), time, policy);
  assert.equal(next.status, 'extend');
  const proof = { ...next.link, number: `number ${id}`, application: id };
  const grant: NewGrant = {
    person,
    thumbprint,
    public_id: `public ${id}`,
    token_hash: `token ${id}`,
    check_id: id,
    proof_ordinal: proof.ordinal,
    expires_at: time + policy.grantSeconds,
    codes: 30,
  };
  const check = { person, id, identity: `sealed ${id}` };
  return { check, assertionHash: `hash ${id}`, proof, grant, at: time };
}

/** The same, as the issuer does it where something may be in the way. */
const stepByStep = (issue: WholeIssue): Promise<void> =>
  store.transaction().execute(async (transaction) => {
    const { check, assertionHash, proof, grant, at: time } = issue;
    assert.ok(await consumeLivenessCheck(transaction, check, assertionHash));
    await keepIdentity(transaction, check.person, check.identity, time);
    assert.ok(await addProof(transaction, proof));
    await decideApplication(transaction, check, {
      status: 'approved',
      decided_at: time,
      proof_ordinal: proof.ordinal,
    });
    await openGrant(transaction, grant, time);
  });

let people = 0;
let person: string;
beforeEach(() => {
  person = `person ${++people}`;
});

describe('a whole issue, written at once', () => {
  it('leaves what the same leaves step by step, of a first proof and of a second', async () => {
    for (const [id, time] of [
      ['first', at],
      ['second', dayLater],
    ] as const) {
      assert.equal(await issueAtOnce(store, await applied(person, id, time)), true);
      await stepByStep(await applied(`${person} by steps`, id, time));
      assert.deepEqual(await rowsOf(person), await rowsOf(`${person} by steps`));
    }
    const { grants, proofs } = await rowsOf(person);
    assert.deepEqual([grants?.length, proofs?.length], [2, 2]);
  });

  /** Nothing is written where something is in the way, and nothing is thrown. */
  async function overtaken(issue: WholeIssue): Promise<void> {
    const before = await rowsOf(person);
    assert.equal(await issueAtOnce(store, issue), false);
    assert.deepEqual(await rowsOf(person), before);
  }

  it('writes nothing when the check has been used, by the same assertion or another (R13)', async () => {
    const issue = await applied(person, 'a');
    assert.equal(await issueAtOnce(store, issue), true);
    const again = { ...issue, proof: { ...issue.proof, ordinal: 2, month_ordinal: 2 } };
    await overtaken(again);
    await overtaken({ ...again, assertionHash: 'another' });
  });

  it('writes nothing when another application was first with the proof (R7, R9)', async () => {
    const [one, other] = [await applied(person, 'one'), await applied(person, 'other')];
    assert.equal(await issueAtOnce(store, one), true);
    await overtaken(other);
  });

  it('throws, and writes nothing, past the third of a month, whatever was computed (R9)', async () => {
    const issue = await applied(person, 'a');
    const before = await rowsOf(person);
    const fourth = { ...issue, proof: { ...issue.proof, month_ordinal: 4 } };
    await assert.rejects(issueAtOnce(store, fourth), /check/i);
    assert.deepEqual(await rowsOf(person), before);
  });

  it('is written by one of those who come with the same at once, and the others are told', async () => {
    const issue = await applied(person, 'a');
    const written = await Promise.all(Array.from({ length: 50 }, () => issueAtOnce(store, issue)));
    assert.equal(written.filter(Boolean).length, 1);
  });
});
