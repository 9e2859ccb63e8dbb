import { Session, type Profiler } from 'node:inspector/promises';

/** What the main thread of a server does, as far as it can be told from what is called. */
export const kinds = [
  'signatures',
  'store',
  'HTTP',
  'sealing',
  'collecting garbage',
  'waiting',
  'the rest',
] as const;
export type Kind = (typeof kinds)[number];

/** Milliseconds by kind. */
export type Times = Record<Kind, number>;

/** By the nearest file on the stack that is one of these. */
const files: [RegExp, Kind][] = [
  [/mock-server\/store\/sealing/, 'sealing'],
  [
    /node_modules\/jose|widget\/protocol\/code\/|http\/(dpop|holder-keys)|signed-tokens/,
    'signatures',
  ],
  [/node_modules\/(libsql|kysely|pg|pg-\w+)\/|mock-server\/store\//, 'store'],
  [/node_modules\/(@hono|hono)\/|node:_http|node:net|node:internal\/stream/, 'HTTP'],
];
const functions = new Map<string, Kind>([
  ['(garbage collector)', 'collecting garbage'],
  ['(idle)', 'waiting'],
]);

/** Looks at this process's main thread until it is told to stop, twice a millisecond. */
export async function watchTime(): Promise<() => Promise<Times>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 500 });
  await session.post('Profiler.start');
  return async () => {
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    return timesOf(profile);
  };
}

function timesOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Times {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const callers = new Map(
    nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id] as const)),
  );
  const times = Object.fromEntries(kinds.map((kind) => [kind, 0])) as Times;
  samples.forEach((sample, index) => {
    times[kindOf(sample)] += (timeDeltas[index] ?? 0) / 1000;
  });
  return times;

  function kindOf(sample: number): Kind {
    for (let id: number | undefined = sample; id !== undefined; id = callers.get(id)) {
      const { functionName, url } = byId.get(id)!.callFrame;
      const kind = functions.get(functionName) ?? files.find(([file]) => file.test(url))?.[1];
      if (kind !== undefined) return kind;
    }
    return 'the rest';
  }
}
