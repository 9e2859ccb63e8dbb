import assert from 'node:assert/strict';
import type { Me, Records } from '../../../widget/protocol/messages/holder.ts';
import { hour, minute, nextMonth, sameDayLastMonth } from './calendar.ts';
import type { Person, Step } from './history.ts';
import type { Life } from './life.ts';
import type { Grant } from './model.ts';

/** What holds after every step, as gates and the people themselves see it. */
export async function examine(life: Life, { step }: Step): Promise<void> {
  const { at, model, stage } = life;
  // A gate whose clock is slow takes a code for 10 seconds more, so the denylist names it as long.
  const watched = model.grants.filter((grant) => at < grant.until + 2 * minute);
  const revoked = watched.length > 0 ? await stage.gate.fetchDenylist() : new Set<string>();
  const ended = watched.filter((grant) => grant.ended && at < grant.until + 10);
  assert.deepEqual([...revoked].sort(), ended.map(({ publicId }) => publicId).sort());
  for (const grant of watched) await examineCodes(life, grant);
  if (step === 'finish' || step === 'decide-reviews') await examinePeople(life);
}

/** Only live grants can be refreshed, and the records say what has happened (R23). */
export async function examineEnd(life: Life): Promise<void> {
  await examinePeople(life);
  for (const grant of life.model.grants) await life.refresh(grant);
  for (const person of life.met) await examineRecords(life, person);
}

async function examinePeople(life: Life): Promise<void> {
  for (const person of life.met) await examineMe(life, person);
}

/** The codes of a grant around now: the last one over, the one that holds, the next. */
async function examineCodes({ at, model, stage, count }: Life, grant: Grant): Promise<void> {
  const near = grant.codes.filter(({ nbf, exp }) => at >= nbf - 11 && at <= exp + minute);
  for (const { code, ...window } of near) {
    const verdict = await stage.gate.verdict(code, at);
    assert.equal(verdict, model.verdict(window, grant, at));
    count(`gate: ${verdict}`);
    if (verdict !== 'admitted') continue;
    // However the windows were reckoned: no code outlives its grant, its proof or its check.
    const proof = model.lastProof(grant.person);
    assert.deepEqual(grant.proof, proof);
    assert.ok(at < grant.until + 10);
    assert.ok(at < grant.check.checkedAt + 30 * minute + 10);
    assert.ok(at < grant.proof.issuedAt + 24 * hour + 10);
  }
}

/** R9, R10, R20: whatever has been looked at, the chain is as the rules have it. */
async function examineMe(life: Life, person: Person): Promise<void> {
  const { at, model } = life;
  const session = await life.session(person);
  const { body } = await life.holder(0).call<Me>('GET', '/v1/me', { session });
  const left = model.applicationsLeft(person, at);
  assert.equal(body.applicationsLeft, left);
  assert.equal(body.applicationsFrom, left === 0 ? nextMonth(at) : undefined);
  assert.deepEqual(body.proof, model.validProof(person, at));
}

async function examineRecords(life: Life, person: Person): Promise<void> {
  const session = await life.session(person);
  const { body } = await life.holder(0).call<Records>('GET', '/v1/records', { session });
  const since = sameDayLastMonth(life.at);
  assert.equal(body.since, since);
  const told = body.records.map(({ appliedAt, status, reason, proof }) => [
    appliedAt,
    status,
    reason,
    proof?.number,
  ]);
  const expected = life.model.applications
    .filter((application) => application.person === person && application.appliedAt >= since)
    .map(({ appliedAt, status, reason, proof }) => [appliedAt, status, reason, proof]);
  assert.deepEqual(sorted(told), sorted(expected));
}

const sorted = (rows: unknown[][]): string[] => rows.map((row) => JSON.stringify(row)).sort();
