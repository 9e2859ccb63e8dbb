import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { personOf } from '../../mock-server/issuer/person.ts';
import type { Pack, Records, TypedIdentity } from '../../widget/protocol/messages/holder.ts';
import { ask, Holder, hours, signIn, someGuest } from '../issuer/running-issuer.ts';
import { people } from '../../mock-server/testbed/people.ts';
import { startOperated, type Operated } from './command.ts';

let operated: Operated;
beforeEach(async () => {
  operated = await startOperated();
});
afterEach(() => operated.close());

/** Every row of every table that holds this text in any column. */
async function rowsWith(text: string): Promise<string[]> {
  const { store } = operated.running;
  const found: string[] = [];
  for (const { name } of await store.introspection.getTables()) {
    const rows = await store
      .selectFrom(name as 'proofs')
      .selectAll()
      .execute();
    for (const row of rows) if (JSON.stringify(row).includes(text)) found.push(name);
  }
  return found;
}

const nothingToErase = 'Nothing to erase is stored about this number.\n';

const erase = (number: string) => operated.command(['erase'], `${number}\n`);

/** The gate's word for a code at entry, or the counter's. */
async function verdict(scanned: string, at: 'entry' | 'counter'): Promise<string> {
  const response = await operated.running.server.gateApp.request('/configuration.json');
  const given = (await response.json()) as { credential: string; crewCredential: string };
  const [path, credential] =
    at === 'entry'
      ? ['/v1/admissions', given.credential]
      : ['/v1/inspections', given.crewCredential];
  const { body } = await ask<{ reason?: string }>(operated.running, 'POST', path, {
    headers: { Authorization: `Bearer ${credential}` },
    body: { scanned, purpose: at, station: 'beijing-south', lane: '7' },
  });
  return body.reason ?? 'admitted';
}

describe('erasing a person', () => {
  it('leaves of them the bare count of the month, and says what it did, without the number', async () => {
    const { running } = operated;
    const holder = await Holder.create(running);
    const identity = await someGuest(running);
    const application = await holder.apply({ identity }, 'one');
    const { body } = await holder.complete(application);
    assert.equal(await verdict(body.pack.codes[0]!, 'counter'), 'admitted');
    const person = personOf(running.server.issuer.secrets, identity);
    const { thumbprint } = await running.store
      .selectFrom('grants')
      .select('thumbprint')
      .executeTakeFirstOrThrow();

    const { status, stdout, stderr } = await erase(identity.number);
    assert.equal(status, 0);
    assert.match(
      stdout,
      /^Erased: 1 identity, 1 applications, 1 liveness checks, 0 grants, 0 proofs; 1 looks/,
    );
    assert.match(
      stdout,
      /1 grants, ended now\.\nKept as a bare count: 1 of the applications of 2027-03\./,
    );
    assert.doesNotMatch(stdout + stderr, new RegExp(identity.number.slice(6, 14)));

    assert.deepEqual((await rowsWith(person)).sort(), ['grants', 'proofs']);
    assert.deepEqual(await rowsWith(thumbprint), []);
    assert.deepEqual(await rowsWith(body.proof.number), []);
    assert.deepEqual(await running.store.selectFrom('proofs').selectAll().execute(), [
      {
        person,
        ordinal: 1,
        number: '',
        application: '',
        month: '2027-03',
        month_ordinal: 1,
        issued_at: 0,
        valid_until: 0,
        renew_from: 0,
      },
    ]);
    running.time += hours(1);
    await running.server.tidy();
    assert.deepEqual(await rowsWith(person), ['proofs']);
  });

  it('ends what the person could still show: codes at the gate, the grant, the application', async () => {
    const { running } = operated;
    const holder = await Holder.create(running);
    const identity = await someGuest(running);
    const application = await holder.apply({ identity });
    const { body } = await holder.complete(application);
    assert.equal(await verdict(body.pack.codes[0]!, 'entry'), 'no-ticket');
    await erase(identity.number);
    assert.equal(await verdict(body.pack.codes[0]!, 'entry'), 'revoked');
    assert.equal(await verdict(body.pack.codes[0]!, 'counter'), 'revoked');
    const fresh = { body: {}, grant: body.grant.token };
    const { problem } = await holder.call<Pack>('POST', '/v1/codes', fresh);
    assert.equal(problem, 'verification-required');
    const path = `/v1/applications/${application.body.id}`;
    assert.equal((await holder.call('GET', path)).problem, 'not-found');
    const look = await holder.complete(await holder.view({ identity }));
    assert.equal(look.problem, 'no-valid-proof');
  });

  it('is done once: asked for again it claims nothing, and what has come since it erases', async () => {
    const { running } = operated;
    const holder = await Holder.create(running);
    const identity = await someGuest(running);
    await holder.obtain({ identity });
    const emptied = () => running.store.selectFrom('grants').selectAll().execute();
    assert.match((await erase(identity.number)).stdout, /: 1 grants, ended now\.\n.*: 1 of the/);
    const before = await emptied();
    assert.equal((await erase(identity.number)).stdout, nothingToErase);
    assert.deepEqual(await emptied(), before);
    await holder.obtain({ identity });
    const again = await erase(identity.number);
    assert.match(again.stdout, /^Erased: 1 identity, 1 applications/);
    assert.match(again.stdout, /: 1 grants, ended now\.\n.*: 1 of the/);
    running.time += hours(1);
    assert.equal((await erase(identity.number)).stdout, nothingToErase);
    await running.server.tidy();
    assert.deepEqual(await emptied(), []);
  });

  it('gives no application of the month back, and every one of the next (R9)', async () => {
    const { running } = operated;
    const holder = await Holder.create(running);
    const identity = await someGuest(running);
    const problems: (string | undefined)[] = [];
    for (let applied = 0; applied < 4; applied++) {
      problems.push((await holder.obtain({ identity })).problem);
      await erase(identity.number);
    }
    assert.deepEqual(problems, [undefined, undefined, undefined, 'quota-exhausted']);
    running.time = Date.parse('2027-04-01T00:00:00+08:00');
    assert.equal((await holder.obtain({ identity })).status, 200);
  });

  it('comes between a check and its end: whoever passes it is told that there is none', async () => {
    const { running } = operated;
    const holder = await Holder.create(running);
    const identity = await someGuest(running);
    const application = await holder.apply({ identity });
    await erase(identity.number);
    assert.equal((await holder.complete(application)).problem, 'not-found');
    assert.deepEqual(await rowsWith(personOf(running.server.issuer.secrets, identity)), []);
  });

  it('empties the records of a registered user, and touches nobody else’s', async () => {
    const { running } = operated;
    const holder = await Holder.create(running);
    const [erased, other] = ['adult', 'minor'] as const;
    for (const person of [erased, other]) {
      await holder.obtain({ session: await signIn(running, person) });
    }
    const { number } = people.find(({ id }) => id === erased)!.identity;
    assert.equal((await erase(number)).status, 0);
    const recordsOf = async (person: string) => {
      const session = await signIn(running, person);
      return (await holder.call<Records>('GET', '/v1/records', { session })).body.records.length;
    };
    assert.deepEqual([await recordsOf(erased), await recordsOf(other)], [0, 1]);
  });

  it('takes the number as it is typed, says when nothing is stored, and refuses what is no number', async () => {
    const guest: TypedIdentity = await someGuest(operated.running);
    const nothing = await erase(` ${guest.number.toLowerCase()} `);
    assert.equal(nothing.status, 0);
    assert.equal(nothing.stdout, nothingToErase);
    for (const typed of ['', '110101199003070000', 'number']) {
      const { status, stdout, stderr } = await erase(typed);
      assert.equal(status, 1);
      assert.equal(stdout, '');
      assert.equal(stderr, 'This is not a number of a resident identity card.\n');
    }
  });
});
