import { gateCalls } from '../../widget/protocol/gate-calls.ts';
import type { CallRoutes } from '../http/call-routes.ts';
import { admit, type SharedGate } from './admit.ts';

/** The calls by which lanes share what has been admitted. */
export const addGateRoutes = (routes: CallRoutes, gate: SharedGate): void => {
  routes.add(gateCalls.admit, ({ body, at }) => admit(gate, body, at));
};
