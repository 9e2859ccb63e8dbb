import type { Texts } from './texts.ts';

const staffed = 'please use the staffed lane';

export const en: Texts = {
  title: 'Gate check',
  otherLanguage: '中文',
  mock: 'Mock environment',
  station: 'Station',
  purpose: 'Purpose',
  purposes: {
    entry: 'Entry',
    exit: 'Exit',
    check: 'Identity check',
    onboard: 'On board',
    counter: 'Counter',
  },
  lane: 'Lane',
  train: 'Train',
  anyTrain: 'Any train',
  pass: 'PASS',
  valid: 'Valid',
  counterHint: 'The proof is valid: tickets can be sold, refunded and changed',
  kinds: { single: 'Single ticket', 'multi-ride': 'Multi-ride ticket', period: 'Period ticket' },
  reasons: {
    malformed: {
      word: 'Not a boarding code',
      hint: 'Open the temporary boarding ID and show its QR code',
    },
    unsupported: {
      word: 'Wrong kind of code',
      hint: 'Show the QR code of the temporary boarding ID',
    },
    'unknown-key': {
      word: 'Not recognised',
      hint: `This gate does not know the signing key; ${staffed}`,
    },
    'bad-signature': { word: 'Not genuine', hint: `The signature does not match; ${staffed}` },
    'not-yet-valid': { word: 'Not valid yet', hint: 'Wait a moment and show it again' },
    expired: { word: 'Code expired', hint: 'Tap Refresh and show the new code' },
    revoked: { word: 'Code withdrawn', hint: 'Verify again on the phone, then show the new code' },
    'denylist-stale': {
      word: 'Gate out of date',
      hint: `This gate’s list of withdrawn codes is too old to let anyone in; ${staffed}. Staff: call the station’s duty officer`,
    },
    'no-ticket': {
      word: 'No ticket here',
      hint: 'Check the station, the day and the document used to buy the ticket',
    },
    'wrong-train': { word: 'Wrong train', hint: 'Check the train number and the gate' },
    'already-used': { word: 'Code already used', hint: 'Tap Refresh and show the new code' },
    'already-entered': {
      word: 'Already entered',
      hint: `This ticket has been used to enter; ${staffed}`,
    },
    'not-entered': {
      word: 'No entry recorded',
      hint: 'Please use the staffed lane',
    },
  },
  secondsOff: (seconds) => `off by ${seconds} s`,
  codeLabel: 'Reason code',
  broken: { word: 'Gate failure', hint: 'Please use the staffed lane' },
  judgedAlone: 'Judged offline',
  sound: 'Sound and vibration',
  untold: (count) => `${count} offline admission${count === 1 ? '' : 's'} to report`,
  conflicts: (count) =>
    `${count} offline admission${count === 1 ? '' : 's'} clashed with another gate; tell the duty officer`,
  holder: 'Holder',
  proofUntil: (instant) => `ID valid until ${instant}`,
  unseen: {
    word: 'Check a document',
    hint: 'The code is valid, but offline its holder cannot be shown',
  },
  next: 'Continue scanning',
  ready: 'Ready to scan',
  showCode: 'Hold the QR code in front of the camera',
  judging: 'Checking',
  cameraOn: 'Turn camera on',
  cameraOff: 'Turn camera off',
  cameraFailures: {
    denied: 'The camera was not allowed. Allow it in the browser, or read an image.',
    missing: 'No camera was found. Read an image or paste the text.',
    busy: 'The camera cannot be opened; another program may be using it.',
    insecure: 'This address is not secure, so the browser offers no camera.',
  },
  file: 'Read an image',
  noCodeInFile: 'There is no QR code in this image',
  manyCodesInFile: 'There are several QR codes in this image; leave one',
  noImage: 'This file is not an image',
  paste: 'Paste the text of a code',
  judge: 'Check',
  wedge: 'A hand scanner works at any time',
  settings: 'Post',
  held: 'Held by this gate',
  connections: {
    starting: 'Connecting',
    shared: 'Online · shared with other gates',
    alone: 'Offline · on its own',
  },
  lists: { keys: 'Signing keys', denylist: 'Withdrawn codes', manifests: 'Tickets' },
  failures: {
    unreachable: 'The issuer cannot be reached',
    refused: 'The issuer refused this gate’s credential',
    unreadable: 'The answer could not be read',
    unverified: 'The signature did not verify; not used',
  },
  age: (seconds) =>
    seconds < 60
      ? `${seconds} s ago`
      : seconds < 3600
        ? `${Math.floor(seconds / 60)} min ago`
        : `${Math.floor(seconds / 3600)} h ago`,
  notYet: 'none yet',
  refresh: 'Update now',
  clockOff: (seconds) => `This gate’s clock is ${seconds} s off the issuer’s; please set it`,
  noConfiguration:
    'This gate’s configuration cannot be read, so it cannot start. Check the server and reload.',
};
