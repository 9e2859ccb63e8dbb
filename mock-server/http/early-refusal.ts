import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { Problem, problemStatuses } from '../../widget/protocol/problems.ts';
import { requestIdHeader, type RequestObserver } from '../operation/observe.ts';
import { dataHeaders } from './answer-headers.ts';
import { problemDocument } from './problem-answer.ts';

interface EarlyRefusal {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * Refuses a request that never became one. Nothing is known of its call, so it brings no nonce; what
 * follows on its connection could not be understood either, so that ends with the answer.
 *
 * @param detail what is wrong, for developers
 */
export function earlyRefusal(detail: string, seen: RequestObserver): EarlyRefusal {
  const code = 'invalid-request';
  const status = problemStatuses[code];
  const id = randomUUID();
  seen({ id, method: '-', route: '-', status, problem: code, milliseconds: 0 });
  const body = JSON.stringify(problemDocument(new Problem(code, { detail })));
  const headers = {
    'Content-Type': 'application/problem+json',
    'Content-Length': String(Buffer.byteLength(body)),
    ...dataHeaders,
    'Access-Control-Allow-Origin': '*',
    [requestIdHeader]: id,
    Connection: 'close',
  };
  return { status, headers, body };
}

/** The whole answer, for a connection that Node writes nothing to any more. */
export function onTheWire({ status, headers, body }: EarlyRefusal): string {
  const lines = Object.entries({ Date: new Date().toUTCString(), ...headers });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head}\r\n${body}`;
}
