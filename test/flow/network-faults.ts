import type { Network } from './phone.ts';

/** What a bad network does to one call. */
export const faults = {
  'its request is lost': async () => {
    throw new TypeError('cut off');
  },
  'its answer is lost': async (request, forward) => {
    await forward(request);
    throw new TypeError('cut off');
  },
  'its answer is cut in the middle': async (request, forward) => {
    const answer = await forward(request);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(bytes.slice(0, bytes.length / 2));
      },
      pull(controller) {
        controller.error(new TypeError('cut off'));
      },
    });
    return new Response(body, { status: 200, headers: answer.headers });
  },
  'it is answered 503': async () =>
    new Response('busy', { status: 503, headers: { 'Retry-After': '2' } }),
  'somebody else answers, and not in JSON': async () =>
    new Response('<h1>Sign in to the WLAN</h1>', { headers: { 'Content-Type': 'text/html' } }),
  // As browsers do when the connection that a request went out on has died.
  'the browser sends it twice': async (request, forward) => {
    await forward(request.clone());
    return forward(request);
  },
} as const satisfies Record<string, Network>;

export type FaultName = keyof typeof faults;
export const faultNames = Object.keys(faults) as FaultName[];
