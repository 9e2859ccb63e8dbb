import { between, withBody, type Passing } from '../between.ts';
import type { Breaking, BrokenIssuer } from '../examined.ts';

const isInspection = (call: string): boolean => call === 'POST /v1/inspections';

/** Answers crews with more than they are to see. */
const shows = (change: (answer: object, passing: Passing) => object): Breaking =>
  between(async (passing) => {
    const response = await passing.forward();
    if (!isInspection(passing.call) || response.status !== 200) return response;
    return withBody(response, (answer) => change(answer, passing));
  });

export const ofLooks: readonly BrokenIssuer[] = [
  {
    what: 'shows the crew of a train the proof',
    fails: ['inspection-of-a-ticket'],
    breaking: shows((answer, { body }) => {
      const proof = { number: 'x', issuedAt: 1, validUntil: 2, renewFrom: 1 };
      return 'holder' in answer && body['purpose'] === 'onboard' ? { ...answer, proof } : answer;
    }),
  },
  {
    what: 'shows whose code it has refused',
    fails: ['inspection-refused'],
    breaking: shows((answer) => ({ holder: { name: '郑*', number: '***' }, ...answer })),
  },
  {
    what: 'looks at people for a gate',
    fails: ['inspection-purposes'],
    breaking: between(async ({ call, body, forward }) => {
      const isGates = isInspection(call) && ['entry', 'exit'].includes(String(body['purpose']));
      return forward(isGates ? { body: { ...body, purpose: 'counter' } } : {});
    }),
  },
  {
    what: 'takes one credential for all of its staff',
    fails: ['credential-of-the-other'],
    breaking: between(async ({ running, request, call, forward }) => {
      const { secrets } = running.server.issuer;
      const [gate, crew] = [secrets['gate-credential'], secrets['crew-credential']].map(
        (secret) => `Bearer ${secret.toString('base64url')}`,
      );
      const isOfStaff = [gate, crew].includes(request.headers.get('Authorization') ?? '');
      const Authorization = (isInspection(call) ? crew : gate) ?? '';
      return forward(isOfStaff ? { headers: { Authorization } } : {});
    }),
  },
];
