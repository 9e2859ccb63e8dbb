import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { issueAtOnce, type WholeIssue } from '../../mock-server/store/issue-at-once.ts';
import type { OpenStore } from '../../mock-server/store/open-store.ts';
import { emptyStore } from '../empty-store.ts';
import { applied, at, stepByStep } from './whole-issue.ts';

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
      assert.equal(await issueAtOnce(store, await applied(store, person, id, time)), true);
      await stepByStep(store, await applied(store, `${person} by steps`, id, time));
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
    const issue = await applied(store, person, 'a');
    assert.equal(await issueAtOnce(store, issue), true);
    const again = { ...issue, proof: { ...issue.proof, ordinal: 2, month_ordinal: 2 } };
    await overtaken(again);
    await overtaken({ ...again, assertionHash: 'another' });
  });

  it('writes nothing when another application was first with the proof (R7, R9)', async () => {
    const [one, other] = [
      await applied(store, person, 'one'),
      await applied(store, person, 'other'),
    ];
    assert.equal(await issueAtOnce(store, one), true);
    await overtaken(other);
  });

  it('throws, and writes nothing, past the third of a month, whatever was computed (R9)', async () => {
    const issue = await applied(store, person, 'a');
    const before = await rowsOf(person);
    const fourth = { ...issue, proof: { ...issue.proof, month_ordinal: 4 } };
    await assert.rejects(issueAtOnce(store, fourth), /check/i);
    assert.deepEqual(await rowsOf(person), before);
  });

  it('is written by one of those who come with the same at once, and the others are told', async () => {
    const issue = await applied(store, person, 'a');
    const written = await Promise.all(Array.from({ length: 50 }, () => issueAtOnce(store, issue)));
    assert.equal(written.filter(Boolean).length, 1);
  });
});
