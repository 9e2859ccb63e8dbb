import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { SeenRequest } from './observe.ts';

/** What a server counts for its operator, in the Prometheus text format. */
export interface Metrics {
  request: (seen: SeenRequest) => void;
  proofIssued: () => void;
  storeError: () => void;
  contentType: string;
  text: () => Promise<string>;
}

/** Of this process since it began, with event-loop lag and memory by `prom-client`’s defaults. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'boarding_id_requests_total',
    help: 'Requests answered',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const durations = new Histogram({
    name: 'boarding_id_request_seconds',
    help: 'Seconds until a request was answered',
    labelNames: ['method', 'route'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const refusals = new Counter({
    name: 'boarding_id_refusals_total',
    help: 'Requests refused, by the code of the problem',
    labelNames: ['problem'],
    registers,
  });
  const proofs = new Counter({
    name: 'boarding_id_proofs_issued_total',
    help: 'Proofs issued',
    registers,
  });
  const storeErrors = new Counter({
    name: 'boarding_id_store_errors_total',
    help: 'Statements and connections that the store refused or broke off',
    registers,
  });
  return {
    request: ({ method, route, status, problem, milliseconds }) => {
      requests.inc({ method, route, status });
      durations.observe({ method, route }, milliseconds / 1000);
      if (problem !== undefined) refusals.inc({ problem });
    },
    proofIssued: () => proofs.inc(),
    storeError: () => storeErrors.inc(),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
