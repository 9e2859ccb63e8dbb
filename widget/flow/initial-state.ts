import { policy } from '../protocol/policy.ts';
import type { State } from './state.ts';

/** Before anything is known. The contract's own policy stands in until the issuer's has come. */
export const initialState: State = {
  known: {
    platform: 'desktop',
    policy,
    registered: undefined,
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
  },
  screen: { name: 'services' },
};
