import { median, quantile } from '../quantile.ts';
import type { ServerUnderLoad } from './server-under-load.ts';

/** Does again and again what is measured, over a connection of its own. */
export interface Asker {
  /** What has to be there beforehand, and is not measured. */
  prepare?: () => Promise<void>;
  ask: () => Promise<unknown>;
}

export interface Contestant {
  askers: Asker[];
  servers: ServerUnderLoad[];
}

/** What one contestant came to in one turn. */
interface Turn {
  perSecond: number;
  /** Of each one done. */
  milliseconds: number[];
  /** What the servers spent on one. */
  cpuMilliseconds: number;
}

/** Two contestants beside each other: the median over the turns. */
export interface Compared {
  ours: Outcome;
  bare: Outcome;
  /** Ours over bare, turn by turn. */
  ratio: number;
  /** Bare's processor time over ours. */
  cpuRatio: number;
}

export interface Outcome {
  perSecond: number;
  cpuMilliseconds: number;
  /** The time of one below which a part of all lie, milliseconds. */
  milliseconds: (part: number) => number;
}

const warmUpMilliseconds = 2000;
const turnMilliseconds = 1500;
const turns = 6;

/** Has both do as much as they can, in turns, so that a noisy machine disturbs both alike. */
export async function inTurns(ours: Contestant, bare: Contestant): Promise<Compared> {
  const contestants = [ours, bare];
  const done = new Map<Contestant, Turn[]>(contestants.map((each) => [each, []]));
  for (const each of contestants) await turn(each, warmUpMilliseconds);
  for (let count = 0; count < turns; count++) {
    for (const each of contestants) done.get(each)!.push(await turn(each, turnMilliseconds));
    contestants.reverse();
  }
  const [ofOurs, ofBare] = [done.get(ours)!, done.get(bare)!];
  const ratio = (of: (mine: Turn, other: Turn) => number): number =>
    median(ofOurs.map((mine, index) => of(mine, ofBare[index]!)));
  return {
    ours: outcome(ofOurs),
    bare: outcome(ofBare),
    ratio: ratio((mine, other) => mine.perSecond / other.perSecond),
    cpuRatio: ratio((mine, other) => other.cpuMilliseconds / mine.cpuMilliseconds),
  };
}

function outcome(all: readonly Turn[]): Outcome {
  const milliseconds = all.flatMap((each) => each.milliseconds);
  return {
    perSecond: median(all.map((each) => each.perSecond)),
    cpuMilliseconds: median(all.map((each) => each.cpuMilliseconds)),
    milliseconds: (part) => quantile(milliseconds, part),
  };
}

async function turn({ askers, servers }: Contestant, length: number): Promise<Turn> {
  const spentBefore = await cpuOf(servers);
  const milliseconds: number[] = [];
  const start = performance.now();
  await Promise.all(
    askers.map(async ({ prepare, ask }) => {
      while (performance.now() - start < length) {
        await prepare?.();
        const began = performance.now();
        await ask();
        milliseconds.push(performance.now() - began);
      }
    }),
  );
  const sum = milliseconds.reduce((before, each) => before + each, 0);
  return {
    perSecond: (1000 * askers.length * milliseconds.length) / sum,
    milliseconds,
    cpuMilliseconds: ((await cpuOf(servers)) - spentBefore) / milliseconds.length,
  };
}

async function cpuOf(servers: readonly ServerUnderLoad[]): Promise<number> {
  let sum = 0;
  for (const server of servers) sum += (await server.spent()).cpuMilliseconds;
  return sum;
}
