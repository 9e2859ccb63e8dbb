import { gateCalls } from '../../widget/protocol/gate-calls.ts';
import type { CallRoutes } from '../http/call-routes.ts';
import { admit } from './admit.ts';
import { inspect, type InspectionDesk } from './inspect.ts';

/** The calls by which lanes share what has been admitted, and by which people look. */
export const addGateRoutes = (routes: CallRoutes, desk: InspectionDesk): void => {
  routes
    .add(gateCalls.admit, ({ body, at }) => admit(desk, body, at))
    .add(gateCalls.inspect, ({ body, at }) => inspect(desk, body, at));
};
