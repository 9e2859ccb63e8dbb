import {
  CompiledQuery,
  createQueryId,
  sql,
  type KyselyPlugin,
  type PluginTransformQueryArgs,
  type RootOperationNode,
} from 'kysely';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as applications from '../../mock-server/store/applications.ts';
import { policy } from '../../widget/protocol/policy.ts';
import { rememberDpopProof } from '../../mock-server/store/dpop-proofs.ts';
import { removeExpired } from '../../mock-server/store/expiry.ts';
import * as grants from '../../mock-server/store/grants.ts';
import * as idempotency from '../../mock-server/store/idempotency.ts';
import { keepIdentity, sealedIdentity, takeTurn } from '../../mock-server/store/identities.ts';
import { onPostgres, onSqlite } from '../../mock-server/store/issue-at-once.ts';
import type { Store, StoreTransaction } from '../../mock-server/store/open-store.ts';
import { lastProof, proofAt } from '../../mock-server/store/proofs.ts';
import { ticketsOf } from '../../mock-server/store/tickets.ts';
import { emptyStore, serverVariable } from '../empty-store.ts';

/** People in the store, with a row each in every table that grows with them. */
const people = 5000;
const at = 1_800_000_000;
const person = 'person-77';

let store: Store;
let remove: () => Promise<void>;
before(async () => {
  ({ store, remove } = await emptyStore());
  await fill();
});
after(() => remove());

/** Rows for the planner to be afraid of. */
async function fill(): Promise<void> {
  const rows = {
    identities: `'person-' || n, 'sealed', ${at}`,
    proofs: `'person-' || n, 1, 'T' || n, 'a' || n, '2027-01', 1, ${at}, ${at}, ${at}`,
    grants: `'person-' || n, 1, 'g' || n, 't' || n, 'key-' || n, 'a' || n, 1, ${at} + n, null, 0, 0`,
    applications: `'person-' || n, 'a' || n, 'key-' || n, 'beijing', 'approved', null, ${at}, null, null`,
    liveness_checks: `'person-' || n, 'a' || n, 'apply', 'key-' || n, 'n', ${at} + n, null, 'sealed'`,
    idempotency_keys: `'scope-' || n, 'key', 'f', ${at}, null, null`,
    seen_dpop_proofs: `'hash-' || n, ${at}`,
    tickets: `'ticket-' || n, 'single', null, 'G901', 'beijing-south', 'jinan-west', ${at}, ${at}`,
    manifest_rows: `'beijing-south', '2027-01-15', 'ticket-' || n, 'sub-' || n`,
    ticket_uses: `'ticket-' || n, 1, 'entry', ${at}`,
    code_uses: `'jti-' || n, 'entry', 'lane', 'ticket-' || n, ${at}`,
    inspections: `'i' || n, 'person-' || n, 'jti-' || n, 'check', 'beijing-south', '1', null, null, ${at}`,
    offline_admissions: `'jti-' || n, 'entry', '1', ${at}, ${at}, null`,
  };
  for (const [table, columns] of Object.entries(rows)) {
    await sql
      .raw(
        `insert into ${table} with recursive numbers(n) as
         (select 1 union all select n + 1 from numbers where n < ${people})
         select ${columns} from numbers`,
      )
      .execute(store);
  }
  await sql.raw('analyze').execute(store);
}

/** Keeps the statements that go by, as the store's own functions make them. */
class Listening implements KyselyPlugin {
  readonly heard: RootOperationNode[] = [];

  transformQuery({ node }: PluginTransformQueryArgs): RootOperationNode {
    this.heard.push(node);
    return node;
  }

  async transformResult<Result>({ result }: { result: Result }): Promise<Result> {
    return result;
  }
}

/** The statements that a function of the store makes. */
const statementsOf = (ask: Ask): Promise<CompiledQuery[]> =>
  statementsWhile((listening) =>
    store.transaction().execute((transaction) => ask(transaction.withPlugin(listening))),
  );

async function statementsWhile(
  run: (listening: Listening) => Promise<unknown>,
): Promise<CompiledQuery[]> {
  const listening = new Listening();
  await run(listening);
  assert.ok(listening.heard.length > 0);
  return listening.heard.map((node) => store.getExecutor().compileQuery(node, createQueryId()));
}

/** What the database says about how it finds a statement's rows. */
async function planOf(statement: CompiledQuery): Promise<string> {
  const explain = process.env[serverVariable] ? 'explain' : 'explain query plan';
  const { rows } = await store.executeQuery<Record<string, string>>(
    CompiledQuery.raw(`${explain} ${statement.sql}`, [...statement.parameters]),
  );
  const lines = rows.map((row) => row['detail'] ?? row['QUERY PLAN'] ?? '');
  return [statement.sql, ...lines].join('\n  ');
}

type Ask = (store: StoreTransaction) => Promise<unknown>;

const grant = { person, sequence: 1 };
const scope = 'scope-77';
const newGrant: grants.NewGrant = {
  person,
  public_id: 'new',
  token_hash: 'new',
  thumbprint: 'key-77',
  check_id: 'a77',
  proof_ordinal: 1,
  expires_at: at + 1800,
  codes: 30,
};

/** Every statement about one person, one key or one code. */
const asked: Record<string, Ask> = {
  'the last proof': (s) => lastProof(s, person),
  'a proof': (s) => proofAt(s, person, 1),
  'an application': (s) => applications.applicationById(s, person, 'a77'),
  'the applications of a month': (s) => applications.applicationsSince(s, person, at - 1),
  'an application’s outcome': (s) =>
    applications.decideApplication(s, { person, id: 'a77' }, { status: 'refused', decided_at: at }),
  'a review': (s) => applications.holdReview(s, person, 'a77'),
  'a check': (s) => applications.livenessCheckById(s, person, 'a77'),
  'the use of a check': (s) => applications.consumeLivenessCheck(s, { person, id: 'a77' }, 'hash'),
  'an identity': (s) => sealedIdentity(s, person),
  'keeping an identity': (s) => keepIdentity(s, person, 'sealed', at),
  'a person’s turn': (s) => takeTurn(s, person),
  'opening a grant': (s) => grants.openGrant(s, newGrant, at),
  'a live grant by its token': (s) => grants.liveGrantByToken(s, person, 't77', at),
  'a live grant by its check': (s) => grants.liveGrantOfCheck(s, person, 'a77', at),
  'a grant’s counters': (s) => grants.takeCounters(s, grant, 30, 60),
  'the end of a person’s grants': (s) => grants.endGrantsOfPerson(s, person, at),
  'the end of a key’s grants': (s) => grants.endGrantsOfKey(s, 'key-77', at),
  'whether a grant is live': (s) => grants.isLiveGrant(s, 'g77', at),
  'the grant of a code': (s) => grants.grantOfCode(s, 'g77', at),
  'a person’s tickets at a station': (s) => ticketsOf(s, 'sub-77', 'beijing-south'),
  'a person’s tickets on board': (s) => ticketsOf(s, 'sub-77', undefined),
  'the claim of an idempotency key': (s) =>
    idempotency.claimIdempotencyKey(s, scope, 'key', 'f', at),
  'taking an idempotency key over': (s) =>
    idempotency.takeOverIdempotencyKey(s, scope, 'key', at, at + 31),
  'keeping an answer': (s) => idempotency.keepAnswer(s, scope, 'key', 1, 'answer', undefined),
  'letting an idempotency key go': (s) => idempotency.releaseIdempotencyKey(s, scope, 'key', 1),
  'a seen proof of possession': (s) => rememberDpopProof(s, 'hash-77', at),
};

const tidying = 'what is removed once a minute';
const atTheDesk = 'who waits for a review';

describe(`with ${people} people in the store, an index leads to`, () => {
  const statements = new Map<string, CompiledQuery[]>();
  // All before the first is explained: libsql keeps an explained write open, and nothing commits then.
  before(async () => {
    for (const [what, ask] of Object.entries(asked)) statements.set(what, await statementsOf(ask));
    statements.set(
      tidying,
      await statementsWhile((listening) => removeExpired(store.withPlugin(listening), policy, at)),
    );
    statements.set(atTheDesk, await statementsOf((s) => applications.applicationsUnderReview(s)));
  });

  for (const what of [...Object.keys(asked), tidying]) {
    it(what, async () => {
      for (const statement of statements.get(what)!) {
        // A handful of rows, however many people there are.
        if (statement.sql.includes('"signing_keys"')) continue;
        assert.doesNotMatch(await planOf(statement), /Seq Scan|\bSCAN\b/);
      }
    });
  }

  it('a whole issue, put together by hand', async () => {
    const proof = { ...(await lastProof(store, person))!, ordinal: 2, month_ordinal: 2 };
    const whole = {
      check: { person, id: 'a77', identity: 'sealed' },
      assertionHash: 'hash',
      proof,
      grant: newGrant,
      at,
    };
    for (const statement of process.env[serverVariable] ? [onPostgres(whole)] : onSqlite(whole)) {
      assert.doesNotMatch(await planOf(statement), /Seq Scan|\bSCAN\b/);
    }
  });

  it('but not to whoever waits for a review, whom the desk alone asks for', async () => {
    const [statement] = statements.get(atTheDesk)!;
    assert.match(await planOf(statement!), /Seq Scan|\bSCAN\b/);
  });
});
