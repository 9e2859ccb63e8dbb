import type { Area } from './check.ts';
import { applications } from './checks/applications.ts';
import { codes } from './checks/codes.ts';
import { dpop } from './checks/dpop.ts';
import { entries } from './checks/entries.ts';
import { enumeration } from './checks/enumeration.ts';
import { everyAnswer } from './checks/every-answer.ts';
import { gate } from './checks/gate.ts';
import { grants } from './checks/grants.ts';
import { idempotency } from './checks/idempotency.ts';
import { inspections } from './checks/inspections.ts';
import { liveness } from './checks/liveness.ts';
import { metadata } from './checks/metadata.ts';
import { requests } from './checks/requests.ts';
import { session } from './checks/session.ts';
import { timeAtTheGate } from './checks/time-at-the-gate.ts';
import { time } from './checks/time.ts';

/** The whole contract, in the order in which it is asked. */
export const areas: readonly Area[] = [
  metadata,
  dpop,
  applications,
  liveness,
  codes,
  grants,
  gate,
  entries,
  inspections,
  requests,
  idempotency,
  enumeration,
  session,
  time,
  timeAtTheGate,
  everyAnswer,
];
