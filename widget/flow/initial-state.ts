import { policy } from '../protocol/policy.ts';
import type { State } from './state.ts';

/** Before anything is known. The contract's own policy stands in until the issuer's has come. */
export const initialState: State = {
  known: {
    policy,
    registered: false,
    me: undefined,
    location: { status: 'unasked' },
    online: true,
    slow: [],
    draft: undefined,
    showing: undefined,
    underReview: undefined,
  },
  screen: { name: 'services' },
};
