import type {
  Me,
  PlaceFound,
  Record as ApplicationRecord,
} from '../../widget/protocol/messages/holder.ts';
import { policy } from '../../widget/protocol/policy.ts';
import type { Known, Screen, Showing, State } from '../../widget/flow/state.ts';

/** The instant at which every state here stands: 15:07:42 in Shanghai. */
export const at = Date.UTC(2026, 10, 22, 7, 7, 42) / 1000;

const hour = 3600;

/** As long as a real code, and of its characters. */
export const codeText = (seed: number): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  let value = seed + 7;
  return Array.from({ length: 254 }, (_, position) => {
    value = (value * 1103515245 + 12345) % 2147483648;
    return position === 44 || position === 165
      ? '.'
      : alphabet.charAt(Math.floor(value / 65536) % 64);
  }).join('');
};

/** Where a mock issuer finds the traveller. */
export const place: PlaceFound = {
  id: 'beijing',
  city: { zh: '北京市', en: 'Beijing' },
  windows: [
    {
      station: { zh: '北京西站', en: 'Beijing West' },
      position: { zh: '南广场售票厅', en: 'South square ticket hall' },
      hours: '06:00–23:00',
      distanceMetres: 6800,
      mock: true,
    },
    {
      station: { zh: '北京南站', en: 'Beijing South' },
      position: { zh: '北进站口旁', en: 'Beside the north entrance' },
      hours: '05:00–23:30',
      distanceMetres: 1200,
      mock: true,
    },
  ],
};

export const showing: Showing = {
  proof: {
    number: 'K7QF-3M2X-9TVD',
    issuedAt: at - 12 * 60,
    validUntil: at - 12 * 60 + 24 * hour,
    renewFrom: at - 12 * 60 + 21 * hour,
  },
  holder: { name: '张*明', number: '11**************34' },
  grantExpiresAt: at + 18 * 60 - 18,
  windows: [0, 1, 2].map((minute) => ({
    code: codeText(minute),
    from: at - 18 + minute * 60,
    until: at + 42 + minute * 60,
  })),
};

export const me: Me = {
  holder: { name: '张*明', number: '11**************34' },
  documentType: 'resident-id',
  applicationsLeft: 3,
};

/** What a guest's flow knows, changed as a test needs. */
export const guest = (change: Partial<Known> = {}): Known => ({
  platform: 'android',
  policy,
  registered: false,
  me: undefined,
  location: { status: 'unasked' },
  online: true,
  opensSettings: false,
  obstacles: [],
  overlooked: [],
  lastPlace: undefined,
  slow: [],
  draft: undefined,
  confirmed: undefined,
  guestProofUntil: undefined,
  storageRefused: false,
  showing: undefined,
  underReview: undefined,
  ...change,
});

export const registered = (change: Partial<Known> = {}): Known =>
  guest({ registered: true, me, ...change });

/** What a guest has sent: a number of a county that does not exist. */
export const confirmed = {
  name: '林小满',
  documentType: 'resident-id',
  number: '119999200001010024',
} as const;

const located = { location: { status: 'found', place }, lastPlace: place } as const;

export const application = { name: 'application', busy: undefined, refusal: undefined } as const;
export const liveness = {
  name: 'liveness',
  purpose: 'apply',
  id: 'a1',
  transaction: {
    provider: 'https://issuer.example/mock/liveness',
    purpose: 'apply',
    nonce: 'n',
    expiresAt: at + 120,
    attempts: 3,
    prompts: ['blink', 'nod'],
  },
  step: 'explain',
} as const satisfies Screen;
export const code = {
  name: 'code',
  status: 'live',
  refreshing: false,
  refusal: undefined,
  scan: false,
} as const;

const refused = (code: 'quota-exhausted' | 'liveness-failed' | 'liveness-undelivered'): Screen => ({
  name: 'outcome',
  purpose: 'apply',
  outcome: {
    status: 'refused',
    refusal: {
      code,
      ...(code === 'quota-exhausted' && { availableFrom: at + 8 * 24 * hour }),
      ...(code === 'liveness-failed' && { attemptsLeft: 2 }),
    },
  },
});
const services: Screen = { name: 'services' };
const record = (change: Partial<ApplicationRecord>): ApplicationRecord => ({
  appliedAt: at - 12 * 60,
  city: place.city,
  status: 'approved',
  ...change,
});

/** Every screen in every state that looks different. */
export const states: Readonly<Record<string, State>> = {
  services: { known: guest(), screen: services },
  'readiness-insecure': {
    known: guest(),
    screen: { name: 'readiness', obstacle: 'insecure-context', checking: false },
  },
  'readiness-location': {
    known: guest({ obstacles: ['location-blocked'] }),
    screen: { name: 'readiness', obstacle: 'location-blocked', checking: false },
  },
  'readiness-checking': {
    known: guest({ obstacles: ['camera-blocked'] }),
    screen: { name: 'readiness', obstacle: 'camera-blocked', checking: true },
  },
  'application-asking-who': { known: guest({ registered: undefined }), screen: application },
  'application-guest': { known: guest(located), screen: application },
  'application-other-document': {
    known: guest({ ...located, draft: { name: '', documentType: 'passport', number: '' } }),
    screen: application,
  },
  'application-no-location': {
    known: guest({ location: { status: 'failed', reason: 'denied' } }),
    screen: application,
  },
  'application-blocked-location': {
    known: guest({ location: { status: 'failed', reason: 'blocked' }, lastPlace: place }),
    screen: application,
  },
  'application-settings': {
    known: guest({ location: { status: 'failed', reason: 'blocked' }, opensSettings: true }),
    screen: application,
  },
  'application-guest-proof': {
    known: guest({ ...located, guestProofUntil: showing.proof.validUntil }),
    screen: application,
  },
  'application-clock-wrong': {
    known: guest({ ...located, obstacles: ['clock-wrong'] }),
    screen: application,
  },
  'application-refused': {
    known: guest(located),
    screen: { ...application, refusal: { code: 'no-connection' } },
  },
  'application-slow': {
    known: registered({ ...located, me: undefined, slow: ['start', 'submission'] }),
    screen: { ...application, busy: 'apply' },
  },
  'application-locating-slow': {
    known: guest({ location: { status: 'asking' }, slow: ['location'] }),
    screen: application,
  },
  'application-identity-unknown': {
    known: registered({ ...located, me: undefined }),
    screen: { ...application, refusal: { code: 'unavailable', retryAfter: 300 } },
  },
  'application-signed-in': { known: registered(located), screen: application },
  'application-valid-proof': {
    known: registered({ ...located, me: { ...me, applicationsLeft: 2, proof: showing.proof } }),
    screen: application,
  },
  'liveness-explain': { known: guest(located), screen: liveness },
  'liveness-running': { known: guest(located), screen: { ...liveness, step: 'running' } },
  'outcome-waiting': {
    known: guest(located),
    screen: { name: 'outcome', purpose: 'apply', outcome: { status: 'waiting', id: 'a1' } },
  },
  'outcome-waiting-slow': {
    known: guest({ ...located, slow: ['submission'] }),
    screen: { name: 'outcome', purpose: 'view', outcome: { status: 'waiting', id: 'v1' } },
  },
  'outcome-unconfirmed': {
    known: guest({ ...located, online: false }),
    screen: {
      name: 'outcome',
      purpose: 'apply',
      outcome: {
        status: 'unconfirmed',
        id: 'a1',
        assertion: 'assertion',
        refusal: { code: 'no-connection' },
      },
    },
  },
  'outcome-unconfirmed-view': {
    known: registered({ ...located, slow: ['submission'] }),
    screen: {
      name: 'outcome',
      purpose: 'view',
      outcome: {
        status: 'unconfirmed',
        id: 'v1',
        assertion: 'assertion',
        refusal: { code: 'unavailable', retryAfter: 600 },
      },
    },
  },
  'outcome-undelivered': { known: guest(located), screen: refused('liveness-undelivered') },
  'outcome-pending': {
    known: guest({ ...located, underReview: 'a1' }),
    screen: { name: 'outcome', purpose: 'apply', outcome: { status: 'pending', id: 'a1' } },
  },
  'outcome-approved': {
    known: registered(located),
    screen: { name: 'outcome', purpose: 'apply', outcome: { status: 'approved' } },
  },
  'outcome-quota': { known: guest(located), screen: refused('quota-exhausted') },
  'outcome-liveness-failed': { known: guest(), screen: refused('liveness-failed') },
  code: { known: registered({ ...located, showing }), screen: code },
  'code-offline': {
    known: registered({ showing: { ...showing, holder: undefined }, online: false }),
    screen: { ...code, refusal: { code: 'no-connection' } },
  },
  'code-guest': { known: guest({ ...located, showing, confirmed }), screen: code },
  'code-not-kept': {
    known: registered({ ...located, showing, storageRefused: true }),
    screen: code,
  },
  'code-refreshing-slow': {
    known: registered({ showing, slow: ['codes'] }),
    screen: { ...code, refreshing: true },
  },
  'code-scan': { known: registered({ showing }), screen: { ...code, scan: true } },
  'code-verification-required': {
    known: registered({ ...located, showing }),
    screen: { ...code, status: 'verification-required' },
  },
  'code-checking-again-slow': {
    known: registered({ ...located, showing, slow: ['submission'] }),
    screen: { ...code, status: 'verification-required', refreshing: true },
  },
  'code-verification-refused': {
    known: registered({ ...located, showing }),
    screen: { ...code, status: 'verification-required', refusal: { code: 'no-connection' } },
  },
  'code-proof-ended': { known: registered(located), screen: { ...code, status: 'proof-ended' } },
  'records-loading': {
    known: registered(),
    screen: { name: 'records', records: undefined, refusal: undefined, behind: services },
  },
  'records-slow': {
    known: registered({ slow: ['records'] }),
    screen: { name: 'records', records: undefined, refusal: undefined, behind: services },
  },
  'records-empty': {
    known: registered(),
    screen: {
      name: 'records',
      records: { since: at - 31 * 24 * hour, records: [] },
      refusal: undefined,
      behind: services,
    },
  },
  'records-refused': {
    known: registered(),
    screen: {
      name: 'records',
      records: undefined,
      refusal: { code: 'unavailable', retryAfter: 30 },
      behind: services,
    },
  },
  records: {
    known: registered(),
    screen: {
      name: 'records',
      records: {
        since: at - 31 * 24 * hour,
        records: [
          record({ proof: showing.proof }),
          record({ appliedAt: at - 9 * 24 * hour, status: 'refused', reason: 'review-refused' }),
          record({ appliedAt: at - 20 * 24 * hour, status: 'review-pending' }),
        ],
      },
      refusal: undefined,
      behind: services,
    },
  },
  help: { known: guest(located), screen: { name: 'help', behind: services } },
};
