import type { Store } from '../../../mock-server/store/open-store.ts';
import type { Answer } from '../../issuer/running-issuer.ts';
import type { MortalServer } from '../mortal-server.ts';
import type { Point } from '../points.ts';

/** Something that is asked of the issuer, and that a crash may cut short. */
export interface Deed {
  points: Record<string, Point>;
  /** Whether it has points within an issue, which has none that is written at once. */
  stepByStep?: true;
  /** Comes as far as to ask. @param round another one each time, from 0 */
  prepare: (server: MortalServer, round: number) => Promise<Attempt>;
}

export interface Attempt {
  /** When it is asked for, milliseconds since the epoch. */
  time: number;
  /** Under one key the same request each time, but for its DPoP proof. */
  ask: (idempotencyKey: string) => Promise<Answer>;
  /** Whether it is done, and what in the store says that it is half done. */
  standing: (store: Store) => Promise<Standing>;
  /** What whoever asked sees of it. @throws where that is not so */
  looksDone: (isDone: boolean) => Promise<void>;
  /** What has come of all answers, the same more than once. @throws where it is more than one effect */
  settled: (answers: readonly Answer[]) => Promise<void>;
}

export interface Standing {
  isDone: boolean;
  wrong: string[];
}
