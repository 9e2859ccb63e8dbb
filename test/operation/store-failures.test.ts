import assert from 'node:assert/strict';
import Database from 'libsql';
import { sql } from 'kysely';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { LivenessRequired } from '../../widget/protocol/messages/holder.ts';
import { ask, Holder, passLiveness, someGuest, type Answer } from '../issuer/running-issuer.ts';
import { startWatched, type WatchedIssuer } from './watched-issuer.ts';

let folder: string;
let file: string;
let running: WatchedIssuer;
let holder: Holder;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'boarding-id-failing-'));
  file = join(folder, 'boarding-id.sqlite');
  running = await startWatched({ file, patienceMilliseconds: 200 });
  holder = await Holder.create(running);
});
afterEach(async () => {
  await running.close();
  rmSync(folder, { recursive: true });
});

const isUnavailable = ({ status, problem, headers }: Answer): void => {
  assert.deepEqual([status, problem, headers.get('Retry-After')], [503, 'unavailable', '5']);
};

const count = async (table: 'proofs' | 'grants' | 'identities'): Promise<number> =>
  (await running.store.selectFrom(table).selectAll().execute()).length;

describe('the embedded store fails', () => {
  it('when it is full: 503 with Retry-After, nothing half issued, and no restart is needed', async () => {
    const application = await holder.apply({ identity: await someGuest(running) });
    const assertion = await passLiveness(running, application);
    // SQLite refuses to grow beyond this, with the error that a full disk brings: SQLITE_FULL.
    const limit = (pages: number) =>
      sql.raw(`pragma max_page_count = ${pages}`).execute(running.store);
    await limit(1);
    await fill();
    const filled = await count('proofs');
    const refused = await holder.complete(application, assertion);
    isUnavailable(refused);
    assert.deepEqual(
      [await count('proofs'), await count('grants'), await count('identities')],
      [filled, 0, 0],
    );
    assert.ok((await running.count('boarding_id_store_errors_total')) > 0);
    assert.match(running.lines.join('\n'), /"code":"SQLITE_FULL"/);

    await limit(1_000_000);
    const issued = await holder.complete(application, assertion);
    assert.equal(issued.status, 200);
    assert.equal(issued.body.outcome, 'issued');
    assert.deepEqual([await count('proofs'), await count('grants')], [filled + 1, 1]);
  });

  it('when another process holds it: 503, and the next try goes through, for good', async () => {
    const application = await holder.apply({ identity: await someGuest(running) });
    const assertion = await passLiveness(running, application);
    const other = new Database(file);
    other.exec('begin immediate');
    isUnavailable(await holder.complete(application, assertion));
    isUnavailable(await holder.apply({ identity: await someGuest(running) }));
    other.exec('rollback');
    assert.equal((await holder.complete(application, assertion)).status, 200);
    const written = other.prepare('select ordinal from proofs').raw().all();
    assert.deepEqual(written, [[1]], 'for others to see too');
    other.close();
  });

  it('but not while another process holds it for a moment: who waits is answered, and who asks for less at once', async () => {
    const other = new Database(file);
    other.exec('begin immediate');
    const held: string[] = [];
    const applied = holder.apply({ identity: await someGuest(running) }).then(({ status }) => {
      held.push('applied');
      return status;
    });
    assert.equal((await ask(running, 'GET', '/healthz')).status, 200);
    assert.equal((await ask(running, 'GET', '/.well-known/boarding-id')).status, 200);
    assert.deepEqual(held, []);
    other.exec('rollback');
    other.close();
    assert.equal(await applied, 200);
    assert.equal(await running.count('boarding_id_store_errors_total'), 0);
  });

  it('at any statement of an issue: all of it stands or none, and the same assertion ends it', async () => {
    for (const table of ['proofs', 'grants', 'identities', 'applications', 'liveness_checks']) {
      const application: Answer<LivenessRequired> = await holder.apply({
        identity: await someGuest(running),
      });
      const assertion = await passLiveness(running, application);
      const before = [await count('proofs'), await count('grants'), await count('identities')];
      for (const change of ['insert', 'update']) {
        await sql
          .raw(
            `create trigger broken_${change} before ${change} on ${table}
             begin select raise(abort, 'broken'); end`,
          )
          .execute(running.store);
      }
      isUnavailable(await holder.complete(application, assertion));
      const after = [await count('proofs'), await count('grants'), await count('identities')];
      assert.deepEqual(after, before, table);
      for (const change of ['insert', 'update']) {
        await sql.raw(`drop trigger broken_${change}`).execute(running.store);
      }
      const issued = await holder.complete(application, assertion);
      assert.equal(issued.body.outcome, 'issued', table);
    }
  });
});

/** Until not even a row as short as an issue's fits into any page of its tables. */
async function fill(): Promise<void> {
  const { store } = running;
  const text = (length: number): string => 'x'.repeat(length);
  for (let index = 0; ; index++) {
    try {
      await store
        .insertInto('proofs')
        .values({
          person: text(22),
          ordinal: index,
          number: text(10),
          application: text(16),
          month: `${index}`,
          month_ordinal: 1,
          issued_at: 1,
          valid_until: 1,
          renew_from: 1,
        })
        .execute();
    } catch {
      return;
    }
  }
}
