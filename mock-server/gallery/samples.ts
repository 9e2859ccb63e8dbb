import type { PlaceFound } from '../../widget/protocol/messages/holder.ts';
import { initialState } from '../../widget/flow/initial-state.ts';
import type { Known, Screen, Showing, State } from '../../widget/flow/state.ts';

/** The screens that every look is shown by. */
export const sampleNames = ['application', 'liveness', 'code', 'refused'] as const;
export type SampleName = (typeof sampleNames)[number];

const hour = 3600;

const place: PlaceFound = {
  id: 'beijing',
  city: { zh: '北京市', en: 'Beijing' },
  windows: [
    {
      station: { zh: '北京南站', en: 'Beijing South' },
      position: { zh: '北进站口旁', en: 'Beside the north entrance' },
      hours: '05:00–23:30',
      distanceMetres: 1200,
      mock: true,
    },
  ],
};

/** A proof of twelve minutes ago and a code for each minute left, which say what they are. */
function showingAt(at: number): Showing {
  const issuedAt = at - 12 * 60;
  const from = at - 18;
  return {
    proof: {
      number: 'K7QF-3M2X-9TVD',
      issuedAt,
      validUntil: issuedAt + 24 * hour,
      renewFrom: issuedAt + 21 * hour,
    },
    holder: { name: '张*明', number: '11**************34' },
    grantExpiresAt: from + 18 * 60,
    windows: Array.from({ length: 18 }, (_, minute) => ({
      code: `${'boarding-id-gallery_a-sample_opens-no-gate_'.repeat(5)}${minute}`,
      from: from + minute * 60,
      until: from + (minute + 1) * 60,
    })),
  };
}

/** @param at whole seconds since the epoch */
export function sample(name: SampleName, at: number): State {
  const known: Known = {
    ...initialState.known,
    registered: false,
    location: { status: 'found', place },
    lastPlace: place,
  };
  if (name === 'code') return { known: { ...known, showing: showingAt(at) }, screen: screens.code };
  return { known, screen: screens[name](at) };
}

const screens = {
  application: () => ({ name: 'application', busy: undefined, refusal: undefined }),
  liveness: (at: number) => ({
    name: 'liveness',
    purpose: 'apply',
    id: 'sample',
    transaction: {
      provider: 'https://issuer.example/liveness',
      purpose: 'apply',
      nonce: 'sample',
      expiresAt: at + 120,
      attempts: 3,
      prompts: ['blink', 'nod'],
    },
    step: 'explain',
  }),
  refused: (at: number) => ({
    name: 'outcome',
    purpose: 'apply',
    outcome: {
      status: 'refused',
      refusal: { code: 'quota-exhausted', availableFrom: at + 8 * 24 * hour },
    },
  }),
  code: {
    name: 'code',
    status: 'live',
    refreshing: false,
    refusal: undefined,
    scan: false,
  },
} as const satisfies Record<SampleName, Screen | ((at: number) => Screen)>;
