import type { Lane } from './events.ts';

/** One piece of work a lane: a new one aborts the one before. */
export interface Lanes {
  /** The signal of the work that begins now. Once it has aborted, its answer is to be dropped. */
  begin: (lane: Lane) => AbortSignal;
  abort: (lanes: readonly Lane[]) => void;
  abortAll: () => void;
}

export function createLanes(): Lanes {
  const running = new Map<Lane, AbortController>();
  const abort = (lanes: readonly Lane[]) => {
    for (const lane of lanes) {
      running.get(lane)?.abort();
      running.delete(lane);
    }
  };
  return {
    begin: (lane) => {
      abort([lane]);
      const controller = new AbortController();
      running.set(lane, controller);
      return controller.signal;
    },
    abort,
    abortAll: () => abort(Array.from(running.keys())),
  };
}
