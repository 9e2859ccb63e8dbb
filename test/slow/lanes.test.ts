import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openStore, type Store } from '../../mock-server/store/open-store.ts';
import { startPostgres, type RunningPostgres } from '../running-postgres.ts';
import { people, type Question } from '../gate/lane.ts';

/**
 * Two gates in two processes share one store, and every code is held in front of eight lanes at once.
 */
const codes = 1000;
const lanes = 8;

const program = fileURLToPath(new URL('../gate/lane.ts', import.meta.url));

/** A gate in a process of its own; asks in the order given, as many at a time as it has lanes. */
class GateProcess {
  readonly #child: ChildProcess;
  #waiting: ((verdicts: string[]) => void) | undefined;

  constructor(store: { databaseUrl?: string; file: string }) {
    this.#child = spawn(process.execPath, ['--import', 'tsx', program, JSON.stringify(store)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child.on('message', (verdicts: string[]) => this.#waiting?.(verdicts));
  }

  judge(questions: Question[]): Promise<string[]> {
    this.#child.send(questions);
    return new Promise((resolve) => (this.#waiting = resolve));
  }

  stop(): Promise<void> {
    this.#child.disconnect();
    return new Promise((resolve) => this.#child.once('exit', () => resolve()));
  }
}

describe('lanes of two gates that share a store', () => {
  let postgres: RunningPostgres;
  let folder: string;
  before(async () => {
    postgres = await startPostgres();
    folder = mkdtempSync(join(tmpdir(), 'boarding-id-lanes-'));
  });
  after(async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true });
  });

  for (const kind of ['SQLite', 'PostgreSQL'] as const) {
    describe(kind, () => {
      let store: Store;
      let gates: GateProcess[];
      const where =
        kind === 'SQLite'
          ? () => ({ file: join(folder, 'lanes.db') })
          : () => ({ databaseUrl: postgres.newDatabase(), file: '' });
      before(async () => {
        const place = where();
        store = await openStore(place);
        gates = [new GateProcess(place), new GateProcess(place)];
      });
      after(async () => {
        await Promise.all(gates.map((gate) => gate.stop()));
        await store.destroy();
      });

      /** Hands each question to one gate or the other, and counts the answers. */
      async function judge(questions: Question[]): Promise<Map<string, number>> {
        const shares = [0, 1].map((gate) => questions.filter((_, index) => index % 2 === gate));
        const answers = await Promise.all(gates.map((gate, index) => gate.judge(shares[index]!)));
        const counts = new Map<string, number>();
        for (const verdict of answers.flat()) {
          counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
        }
        return counts;
      }

      it(`let ${codes} codes in ${codes} times, though each is held in front of ${lanes} lanes`, async () => {
        await people(store, codes);
        const questions = Array.from({ length: codes }, (_, person) =>
          Array.from({ length: lanes }, (_, lane) => ({ person, code: 0, lane })),
        ).flat();
        const counts = await judge(questions);
        assert.deepEqual(
          counts,
          new Map([
            ['already-used', codes * (lanes - 1)],
            ['admitted', codes],
          ]),
        );
        const { count } = await store
          .selectFrom('ticket_uses')
          .select((select) => select.fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow();
        assert.equal(count, codes, 'entries in the store');
      });

      it('let a holder and whoever has relayed a code in once, 500 times', async () => {
        const offset = codes;
        await people(store, 500, offset);
        // The relayed code and the holder's next one are two codes of one ticket.
        const questions = Array.from({ length: 500 }, (_, index) => [
          { person: offset + index, code: index % 2, lane: 1 },
          { person: offset + index, code: (index + 1) % 2, lane: 2 },
        ]).flat();
        const counts = await judge(questions);
        assert.equal(counts.get('admitted'), 500);
        assert.equal(counts.get('already-entered'), 500);
      });
    });
  }
});
