import { BoardingIdApplication } from './application.ts';
import { BoardingIdCode } from './code.ts';
import { BoardingIdHeader } from './header.ts';
import { BoardingIdHelp } from './help.ts';
import { BoardingIdLiveness } from './liveness.ts';
import { BoardingIdOutcome } from './outcome.ts';
import { BoardingIdQr } from './qr.ts';
import { BoardingIdReadiness } from './readiness.ts';
import { BoardingIdRecords } from './records.ts';
import { BoardingIdServices } from './services.ts';

const elements = {
  'boarding-id-application': BoardingIdApplication,
  'boarding-id-code': BoardingIdCode,
  'boarding-id-header': BoardingIdHeader,
  'boarding-id-help': BoardingIdHelp,
  'boarding-id-liveness': BoardingIdLiveness,
  'boarding-id-outcome': BoardingIdOutcome,
  'boarding-id-qr': BoardingIdQr,
  'boarding-id-readiness': BoardingIdReadiness,
  'boarding-id-records': BoardingIdRecords,
  'boarding-id-services': BoardingIdServices,
};

// A second copy of this module, from another bundle on the page, finds the names taken.
for (const [name, element] of Object.entries(elements)) {
  if (!customElements.get(name)) customElements.define(name, element);
}
