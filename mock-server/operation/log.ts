import type { LogMode } from '../configuration.ts';
import type { ErrorLog } from '../http/problem-answer.ts';
import type { RequestObserver } from './observe.ts';

/** What the server writes down: never an identity, a token, or an id of a person or a row. */
export interface Log {
  request: RequestObserver;
  fault: ErrorLog;
  /** Something that happens once in a server's life. */
  event: (name: string) => void;
}

interface LogOptions {
  mode: LogMode;
  /** Takes one line, without its end. */
  write: (line: string) => void;
  /** The real time, milliseconds since the epoch. */
  now: () => number;
}

/**
 * Three kinds of lines, each with a closed list of members. Own, and not a library: what a logger offers
 * beyond writing a line (levels, redaction, transports) would only be needed if whole objects were logged.
 */
export function openLog({ mode, write, now }: LogOptions): Log {
  const line = (level: 'info' | 'error', event: string, members: object, text: string): void => {
    const time = new Date(now()).toISOString();
    if (mode === 'json') write(JSON.stringify({ time, level, event, ...members }));
    else write(`${time} ${text}`);
  };
  return {
    request: (seen) => {
      if (mode === 'faults') return;
      const { id, method, route, status, problem = '', milliseconds } = seen;
      const text = `${method} ${route} ${status} ${problem} ${milliseconds} ms ${id}`;
      line('info', 'request', seen, text.replace('  ', ' '));
    },
    fault: (what, error, requestId) => {
      const { name, code, at } = describe(error);
      const members = { what, requestId, error: name, code, at };
      const text = [`fault: ${what}: ${name}`, code, requestId].filter(Boolean).join(' ');
      line('error', 'fault', members, [text, ...at].join('\n    at '));
    },
    event: (name) => {
      if (mode !== 'faults') line('info', name, {}, name);
    },
  };
}

/**
 * What of an error is safe to write down. Its message is not: a parser's or a database's repeats the value
 * it stumbled over.
 */
function describe(error: unknown): { name: string; code: string | undefined; at: string[] } {
  if (!(error instanceof Error)) return { name: typeof error, code: undefined, at: [] };
  const { code } = error as { code?: unknown };
  const frames = [...(error.stack ?? '').matchAll(/^\s+at (.+)$/gm)].map(([, frame = '']) => frame);
  return {
    name: error.name,
    code: typeof code === 'string' && /^\w{1,40}$/.test(code) ? code : undefined,
    at: frames.slice(0, 12),
  };
}
