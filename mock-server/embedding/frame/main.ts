// Copy this for the page around a frame of another origin. It is the frame's native host.
import { hostMessage, type Capability } from 'boarding-id/bridge';
import { sessionOf } from '../session.ts';

/** Where the page with the component is. */
const origin = 'https://boarding.example';
const frame = document.querySelector('iframe')!;
const button = document.querySelector('button')!;

/** What this page can do in the frame's place. */
const abilities: Partial<Record<Capability, () => Promise<unknown>>> = {
  session: async () => ({ session: await sessionOf('minor') }),
  location: () =>
    new Promise((resolve) => {
      const reasons = ['denied', 'unavailable', 'timeout'];
      navigator.geolocation.getCurrentPosition(
        ({ coords: { latitude, longitude } }) =>
          resolve({ ok: true, coordinates: { latitude, longitude } }),
        ({ code }) => resolve({ ok: false, reason: reasons[code - 1] }),
        { timeout: 10_000, maximumAge: 60_000 },
      );
    }),
};
const able = (frame.dataset['does'] ?? '').split(' ') as Capability[];

addEventListener('message', ({ data, origin: from, source, ports: [port] }) => {
  if (data !== hostMessage || from !== origin || source !== frame.contentWindow || !port) return;
  const say = (message: object) => port.postMessage(JSON.stringify({ version: 1, ...message }));
  port.addEventListener('message', async ({ data: text }) => {
    const { type, id, payload } = JSON.parse(text as string) as Message;
    if (type === 'hello') say({ type: 'welcome', payload: { capabilities: [...able, 'close'] } });
    if (type === 'event') tell(payload as HostEvent);
    if (type === 'close') show(false);
    const ability = able.find((each) => each === type);
    if (ability) say({ type: 'answer', id, payload: await abilities[ability]?.() });
  });
  port.start();
});

interface Message {
  type: string;
  id?: number;
  payload?: unknown;
}

interface HostEvent {
  name: string;
}

/** The component's events, as if it stood in this page itself. */
function tell({ name, ...detail }: HostEvent): void {
  frame.dispatchEvent(new CustomEvent(`boarding-id-${name}`, { detail, bubbles: true }));
}

function show(shown: boolean): void {
  frame.hidden = !shown;
  button.hidden = shown;
  // Not in the markup: the frame asks for its host as soon as it is there, and asks once.
  if (shown) frame.src = `${origin}/embedding/component/${location.search}`;
}

button.addEventListener('click', () => show(true));
show(true);
