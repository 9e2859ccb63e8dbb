const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * From now on the first request to end the process (Ctrl-C) aborts the signal, so that what was begun
 * can be put in order; the second ends the process as it always does.
 */
export function catchInterruption(): AbortSignal {
  const controller = new AbortController();
  const abort = (): void => {
    for (const signal of signals) process.off(signal, abort);
    controller.abort();
  };
  for (const signal of signals) process.on(signal, abort);
  return controller.signal;
}
