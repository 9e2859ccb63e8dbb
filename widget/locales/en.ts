import { cameraEn } from './camera-en.ts';
import { gateReasonsEn } from './gate-reasons-en.ts';
import { helpEn } from './help-en.ts';
import { readinessEn } from './readiness-en.ts';
import { refusalsEn } from './refusals-en.ts';
import type { Dictionary } from './zh.ts';

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec'.split(' ');
const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

export const en: Dictionary = {
  language: 'en',
  betweenSentences: ' ',
  date: (month, day) => `${day} ${months[month]}`,
  back: 'Back',
  help: 'Notices and questions',
  retry: 'Try again',
  slow: 'The network is slow; still trying…',
  loading: 'Loading…',
  steps: { label: 'Progress', names: ['Details', 'Check', 'Show'] },
  headings: {
    services: 'Care services',
    readiness: 'One thing first',
    application: 'Temporary boarding ID',
    liveness: 'Face check',
    unconfirmed: 'No answer yet',
    waiting: 'Confirming',
    pending: 'Under review',
    approved: 'Approved',
    refusedApply: 'Not issued',
    refusedView: 'Cannot be shown now',
    code: 'Temporary boarding ID',
    verificationRequired: 'Please verify again',
    proofEnded: 'The ID has expired',
    records: 'Applications',
    help: 'Notices and questions',
  },
  services: {
    name: 'Temporary ID for boarding trains',
    about: 'Forgot your ID card? Apply here and board with a QR code',
    others: 'Other services',
  },
  paper: {
    summary: 'Get a paper ID instead',
    text: 'The police ID window (公安制证窗口) at the station issues paper temporary boarding IDs.',
    unknown: 'Share your location to see windows nearby.',
    fromBefore: 'Near where you were last located:',
    mock: 'sample data',
    distance: (metres) =>
      metres < 1000 ? `${Math.round(metres)} m` : `${(metres / 1000).toFixed(1)} km`,
  },
  application: {
    lead: (hours) => `Pass the gates and board with your own QR code, valid for ${hours} hours.`,
    name: 'Name',
    documentType: 'Document',
    number: 'Document number',
    numberHint: '18 characters; the last may be X',
    identity: 'Your identity',
    identityUnknown: 'Your details could not be loaded. Try again, or apply without seeing them.',
    identityFrom: 'From your account, shown in part',
    consent: 'I am acting for myself, and the details are true',
    apply: 'Apply now',
    view: 'View',
    viewHint: 'Already have an ID? View it; that uses no application.',
    busy: 'Sending…',
    left: (left, month) => `${left} of ${month} applications left this month`,
    noneLeft: (from) => `No application left this month. You can apply again from ${from}.`,
    existing: (until, from) =>
      `You have an ID valid until ${until}. You can apply for a new one from ${from}.`,
    renewable: (until) =>
      `You have an ID valid until ${until}. You can apply for the next one now.`,
    guestProof: (until) =>
      `You have an ID valid until ${until}. The page was left, so verify again: fill in your details and choose “View”. This uses no application.`,
    clockWrong:
      'This phone’s clock is wrong. That harms nothing here, but automatic time is better.',
    errors: (count) => `${count} things need your attention`,
    consentMissing: 'Please confirm that you act for yourself',
    documents: {
      'resident-id': 'Chinese resident ID card',
      passport: 'Passport',
      'hong-kong-macao-permit': 'Mainland Travel Permit (Hong Kong, Macao)',
      'taiwan-permit': 'Mainland Travel Permit (Taiwan)',
      'foreign-permanent-resident-id': 'Foreign Permanent Resident ID Card',
      'hong-kong-macao-taiwan-residence-permit': 'Residence Permit (Hong Kong, Macao, Taiwan)',
    },
    names: {
      empty: 'Enter your name',
      'too-short': 'The name has at least 2 characters',
      'too-long': 'The name has at most 50 characters',
      'wrong-characters': 'Enter the name in Chinese characters, as on the ID card',
      'misplaced-dot': 'The dot “·” belongs between two parts of the name',
    },
    noNumber: 'Enter the document number',
    numbers: {
      'wrong-length': 'The number has 18 characters',
      'wrong-characters': 'Digits only; the last character may be X',
      'first-generation': 'This is an old 15-digit number. Enter the 18-character one',
      'wrong-check-character': 'Something is mistyped. Check each digit',
      'other-document':
        'This is not the number of a resident ID card. That document cannot be used here; go to the police ID window.',
      'unknown-province': 'Check the first two digits',
      'impossible-birth-date': 'Check the date of birth in the number',
      'birth-date-in-future': 'The date of birth in the number lies in the future',
      'birth-date-too-old': 'The date of birth in the number is too long ago',
    },
  },
  openSettings: 'Open settings',
  location: {
    label: 'Current city',
    unasked: 'Your city is needed to apply',
    asking: 'Finding your city…',
    locate: 'Locate',
    again: 'Locate again',
    missing: 'Please share your location first',
    thenAgain: 'Then choose “Locate again”.',
    failures: {
      denied: 'You did not allow it. Choose “Locate again”, then “Allow” when you are asked.',
      blocked: 'Location is switched off for this page, so you are not asked any more.',
      withheld:
        'The page around this one does not share it. Use the app, or open this service by itself.',
      unavailable: 'Your position could not be found; location services may be off.',
      timeout: 'Finding your position took too long; the signal may be weak.',
      unanswered:
        'No position yet. If the browser is asking for it, choose “Allow”, then “Locate again”.',
      'no-answer': 'No position came; location services may be off.',
      unsupported: 'This browser cannot find your position. Use a phone browser or the app.',
    },
    settings: {
      android: {
        allow:
          'Open Settings → Apps → this app → Permissions → Location, and allow it while in use.',
        turnOn: 'Pull down the quick settings and turn on Location, and go near a window.',
      },
      ios: {
        allow:
          'Open Settings → Privacy & Security → Location Services → this app, and choose “While Using”.',
        turnOn: 'Open Settings → Privacy & Security → Location Services, and go near a window.',
      },
      desktop: {
        allow:
          'Use the icon at the left of the address bar to allow “Location”, or to remove its block (×).',
        turnOn: 'Turn on location services in the system settings, and connect to a network.',
      },
    },
  },
  readiness: {
    again: 'Check again',
    checking: 'Checking…',
    proceed: 'Go on anyway',
    obstacles: readinessEn,
  },
  liveness: {
    apply: 'Before applying, please show that it is really you.',
    view: 'Before viewing, please show that it is really you. This uses no application.',
    points: [
      'The camera opens for a moment',
      'You follow a few simple prompts',
      'Face the screen in good light, without a mask',
    ],
    why: 'This keeps others from using your identity.',
    limit: (seconds, attempts) => `You have ${seconds} seconds, and can try ${times(attempts)}.`,
    start: 'Start the check',
    stage: 'Face check',
    elsewhere: 'Please follow the app’s prompts to complete the check.',
  },
  livenessStub: {
    title: 'Demonstration check',
    notice:
      'This check is a stand-in for demonstration. It recognises no face and proves nothing about anyone.',
    camera: cameraEn,
    prompts: {
      blink: 'Blink',
      'open-mouth': 'Open your mouth',
      'turn-left': 'Turn your head left',
      'turn-right': 'Turn your head right',
      nod: 'Nod',
    },
    start: 'Open the camera',
    opening: 'Opening the camera…',
    allow: 'If you are asked, choose “Allow”.',
    next: 'Done, next',
    retry: 'Try again',
    cancel: 'Cancel',
    continueWithoutCamera: 'Go on without camera',
    attemptsLeft: (left) => `Not passed. You can try ${times(left)} more`,
    sending: 'Sending…',
  },
  outcome: {
    waiting: 'One moment…',
    unconfirmed:
      'Your check is done, but the answer has not arrived. Your application is not lost, and nothing is issued twice.',
    unconfirmedView:
      'Your check is done, but the answer has not arrived. Nothing is lost, and no application is used.',
    unconfirmedNext: 'It goes on by itself when the network is back. You can also try now.',
    pending: 'The review takes a little while. This page updates by itself.',
    pendingRegistered: 'You can close it and come back for the outcome.',
    pendingGuest:
      'Once closed, enter your details on the application page and choose “View” to learn the outcome.',
    approved: 'Your ID has been issued. One more face check, and you can show the code.',
    show: 'Verify and show',
    availableFrom: (from) => `You can apply again from ${from}.`,
    retryAfter: (seconds) =>
      seconds < 120
        ? `Please wait ${seconds} seconds before trying again.`
        : `Please wait ${Math.ceil(seconds / 60)} minutes before trying again.`,
    attemptsLeft: (left) => `You can try ${times(left)} more.`,
    viewExisting: 'View the ID you have',
    backToForm: 'Back to the form',
    applyNow: 'Apply',
  },
  code: {
    qr: 'Boarding QR code',
    valid: 'Valid',
    seconds: 's',
    rotates: 'until the next code',
    refresh: 'Refresh',
    refreshing: 'Refreshing…',
    scan: 'Scan mode',
    exitScan: 'Leave scan mode',
    live: 'Live; a screenshot is not valid',
    number: 'Reference',
    validUntil: 'Valid until',
    renewFrom: 'Renewable',
    from: (time) => `from ${time}`,
    verifyAgain: 'Verify again',
    inMinutes: (minutes) => `in ${minutes} min`,
    holderUnknown: 'Name shown once online',
    guestRule: 'If you close or leave this page, you verify again to see the code.',
    storageRefused:
      'This browser cannot keep the code. If you close or leave this page, you verify again.',
    show: 'Show',
    hide: 'Hide',
    showLabel: 'Show the full name and number',
    offline: (minutes) => `No network. The code keeps changing for another ${minutes} min.`,
    offlineClock: 'Until online again, times follow this phone’s clock and may be wrong.',
    offlineRefresh: 'No network; this is still the current code.',
    empty: 'No code is left. Go online and choose “Refresh”.',
    uses: 'Good for buying, refunding and changing tickets, identity checks, entry and exit gates, and checks on board. Multi-ride and period tickets too.',
    verificationText:
      'The time since your last check is up, so the code is hidden to keep others from using it. Verify again to see it; this uses no application.',
    endedEarlyText:
      'The code here has ended early: perhaps you have verified on another page or phone, or signed out. If you have a code there, show that one; to see it here, verify again, which uses no application.',
    verify: 'Verify again',
    verifying: 'Sending…',
    endedText:
      'Your temporary boarding ID has expired. Apply again; if you are already travelling, you can also leave through the staffed lane.',
    renew: 'Apply for the next one',
    applyAgain: 'Apply again',
  },
  records: {
    since: (day) => `Since ${day}`,
    empty: 'No applications in this time.',
    statuses: {
      started: 'Check not finished',
      'review-pending': 'Under review',
      approved: 'Approved',
      refused: 'Refused',
    },
    validUntil: (time) => `Valid until ${time}`,
  },
  helpPage: helpEn,
  gateReasons: gateReasonsEn,
  refusals: refusalsEn,
};
