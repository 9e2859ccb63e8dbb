import type { FlowEvent, Lane } from './events.ts';
import type { IssuerClient } from './issuer-client/issuer-client.ts';
import type { Ports } from './ports.ts';

/** From here on a traveller is told that the network is slow, and that nothing has stopped. */
const slowAfterMilliseconds = 4000;

/** The client as one lane uses it: says when a call takes long, and when that is over. */
export const tellingSlowness = (
  client: IssuerClient,
  lane: Lane,
  after: Ports['after'],
  dispatch: (event: FlowEvent) => void,
): IssuerClient => ({
  call: async (name, asking) => {
    let slow = false;
    const cancel = after(slowAfterMilliseconds, () => {
      slow = true;
      dispatch({ type: 'slowness', lane, slow });
    });
    try {
      return await client.call(name, asking);
    } finally {
      cancel();
      if (slow) dispatch({ type: 'slowness', lane, slow: false });
    }
  },
});
