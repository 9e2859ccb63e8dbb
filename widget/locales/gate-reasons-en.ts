import type { GateReasonTexts } from './gate-reasons-zh.ts';

const staffedLane = 'Please use the staffed lane; the staff will check your ID.';
const otherCode = 'Open the QR code on this page; do not show a screenshot or another code.';

export const gateReasonsEn: GateReasonTexts = {
  heading: 'The gate did not open?',
  lead: 'Enter the two-character reason code on the gate’s display to see what to do.',
  label: 'Reason code',
  unknown: 'There is no such code. Please look at the gate’s display once more.',
  toCode: 'Go to the QR code',
  reasons: {
    malformed: { what: 'What the gate read is no boarding code.', next: otherCode },
    unsupported: { what: 'What the gate read is not a code of this ID.', next: otherCode },
    'unknown-key': { what: 'The gate has not been updated yet.', next: staffedLane },
    'bad-signature': { what: 'The gate does not recognise this code.', next: otherCode },
    'not-yet-valid': {
      what: 'The code is ahead of the gate’s clock, which may be wrong.',
      next: 'Wait a few seconds and scan again; if that fails, use the staffed lane.',
    },
    expired: { what: 'The code has expired.', next: 'Tap “Refresh” and show the new code.' },
    revoked: {
      what: 'This code was ended: you may have viewed it on another phone, or signed out.',
      next: 'Verify again and show the new code; this uses no application.',
    },
    'denylist-stale': {
      what: 'This gate cannot let anyone in just now; it is not your fault.',
      next: staffedLane,
    },
    'no-ticket': {
      what: 'No ticket of yours was found here for today.',
      next: 'Check the station and the day, and that the ticket was bought with the same ID card.',
    },
    'wrong-train': {
      what: 'Your ticket is not for the train at this gate.',
      next: 'Check the train number, and go to the gate shown on the departure board.',
    },
    'already-used': {
      what: 'This code has been used once.',
      next: 'Tap “Refresh” and show the new code.',
    },
    'already-entered': {
      what: 'Your ticket has been used to enter already.',
      next: staffedLane,
    },
    'not-entered': { what: 'No entry of yours is recorded.', next: staffedLane },
  },
};
