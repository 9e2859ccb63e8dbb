import { CompiledQuery } from 'kysely';
import { isPostgres, type Store, type StoreTransaction } from './open-store.ts';

type Work<On, Result> = (on: On) => Promise<Result>;

/**
 * A transaction that on the embedded store shares its commit with whoever waits at the same time: there a
 * commit costs as much as what it commits, and more where it waits for the disk. Nobody is answered before
 * the commit. What one throws undoes its own work alone; a commit that fails fails all. PostgreSQL shares
 * commits by itself, and each would wait there for the locks of the others.
 */
export const sharedTransaction = <Result>(
  store: Store,
  work: Work<StoreTransaction, Result>,
): Promise<Result> =>
  isPostgres(store) ? store.transaction().execute(work) : atNextCommit(store, work);

/** The same for one statement, which needs no transaction of its own, nor another within one. */
export const sharedChange = <Result>(store: Store, change: Work<Store, Result>): Promise<Result> =>
  isPostgres(store) || store.isTransaction ? change(store) : atNextCommit(store, change);

interface Waiting {
  work: Work<StoreTransaction, unknown>;
  succeed: (result: unknown) => void;
  fail: (error: unknown) => void;
}

/** Who comes along with a store's next commit, in the order in which they came. */
const next = new WeakMap<Store, Waiting[]>();

function atNextCommit<Result>(store: Store, work: Work<StoreTransaction, Result>): Promise<Result> {
  return new Promise<Result>((resolve, reject) => {
    const one: Waiting = { work, succeed: resolve as Waiting['succeed'], fail: reject };
    const others = next.get(store);
    if (others) {
      others.push(one);
      return;
    }
    next.set(store, [one]);
    // What has reached the process by now is looked at first, and may come along.
    setImmediate(() => void commitNext(store));
  });
}

async function commitNext(store: Store): Promise<void> {
  let all: Waiting[] | undefined;
  const take = (): Waiting[] => {
    const taken = next.get(store) ?? [];
    next.delete(store);
    return taken;
  };
  try {
    const answers = await store.transaction().execute(async (transaction) => {
      // Not before the lock is held: until then, others may come along.
      all = take();
      const done: (() => void)[] = [];
      for (const each of all) done.push(await apart(transaction, each));
      return done;
    });
    for (const answer of answers) answer();
  } catch (error) {
    for (const { fail } of all ?? take()) fail(error);
  }
}

const savepoint = CompiledQuery.raw('savepoint one');
const release = CompiledQuery.raw('release one');
const undo = CompiledQuery.raw('rollback to one');

/** @returns how to answer, once all is committed */
async function apart(
  transaction: StoreTransaction,
  { work, succeed, fail }: Waiting,
): Promise<() => void> {
  await transaction.executeQuery(savepoint);
  try {
    const result = await work(transaction);
    await transaction.executeQuery(release);
    return () => succeed(result);
  } catch (error) {
    try {
      await transaction.executeQuery(undo);
      await transaction.executeQuery(release);
    } catch {
      // A full disk has undone the whole transaction already.
      throw error;
    }
    return () => fail(error);
  }
}
