import { holderCalls, keySetCall, sessionHeader } from '../../../widget/protocol/calls.ts';
import { problemStatuses } from '../../../widget/protocol/problems.ts';
import { inShort, type Answer } from '../answer.ts';
import { demand, type Area } from '../check.ts';
import type { IssuerUnderTest } from '../issuer-under-test.ts';

const keySet = `${keySetCall.method} ${keySetCall.path}`;

/** Whatever was asked before, this must hold of each answer. @throws {Failed} naming the first call */
function demandOfEach(
  { answers }: IssuerUnderTest,
  expected: string,
  holds: (answer: Answer) => boolean,
  came: (answer: Answer) => string,
): void {
  const broken = answers.find((answer) => !holds(answer));
  if (broken) demand(false, expected, `${came(broken)} in ${inShort(broken)} to ${broken.call}`);
}

const lists = (answer: Answer, header: string, name: string): boolean =>
  (answer.headers.get(header) ?? '').toLowerCase().includes(name.toLowerCase());

/** These come last: they look at all the answers that the others had. */
export const everyAnswer: Area = {
  title: 'Every answer',
  checks: [
    {
      name: 'problem-form',
      contract: 'RFC 9457; protocol, Problems (closed list)',
      holds: 'Each refusal is a problem document of the closed list, with its status.',
      mend: 'Answer application/problem+json with type urn:boarding-id:problem:… and the list’s status.',
      ask: async (issuer) =>
        demandOfEach(
          issuer,
          'application/problem+json, a type of the list and its status in head and body',
          ({ status, problem, headers, body }) =>
            (status < 300 && status !== 202) ||
            (problem !== undefined &&
              status === problemStatuses[problem] &&
              (body as { status: unknown }).status === status &&
              /^application\/problem\+json\b/.test(headers.get('Content-Type') ?? '')),
          ({ headers }) => headers.get('Content-Type') ?? 'no content type',
        ),
    },
    {
      name: 'nonce-everywhere',
      contract: 'RFC 9449, section 8.2; protocol, DPoP-Nonce on every answer',
      holds: 'Each answer, a refusal too, brings the next nonce.',
      mend: 'Set DPoP-Nonce before anything can be refused.',
      ask: async (issuer) =>
        demandOfEach(
          issuer,
          'DPoP-Nonce',
          ({ headers }) => headers.has('DPoP-Nonce'),
          () => 'none',
        ),
    },
    {
      name: 'never-stored',
      contract: 'protocol, HTTP',
      holds: 'No answer but the key set may be stored on its way.',
      mend: 'Send Cache-Control: no-store on all of them, the metadata and refusals too.',
      ask: async (issuer) =>
        demandOfEach(
          issuer,
          'Cache-Control: no-store',
          (answer) => answer.call === keySet || lists(answer, 'Cache-Control', 'no-store'),
          ({ headers }) => headers.get('Cache-Control') ?? 'no Cache-Control',
        ),
    },
    {
      name: 'no-cookies',
      contract: 'protocol, HTTP: no cookies',
      holds: 'No answer sets a cookie.',
      mend: 'Take the middleware or the proxy that does out of the way.',
      ask: async (issuer) =>
        demandOfEach(
          issuer,
          'no Set-Cookie',
          ({ headers }) => !headers.has('Set-Cookie'),
          () => 'one',
        ),
    },
    {
      name: 'cors-reads',
      contract: 'protocol, CORS; Fetch, CORS-safelisted response headers',
      holds: 'Any page may read each answer, with DPoP-Nonce, Retry-After and Date.',
      mend: 'Send Access-Control-Allow-Origin: * and expose the three, on refusals too.',
      ask: async (issuer) =>
        demandOfEach(
          issuer,
          'Access-Control-Allow-Origin: * with DPoP-Nonce, Retry-After and Date exposed',
          (answer) =>
            answer.headers.get('Access-Control-Allow-Origin') === '*' &&
            ['DPoP-Nonce', 'Retry-After', 'Date'].every((name) =>
              lists(answer, 'Access-Control-Expose-Headers', name),
            ),
          ({ headers }) => headers.get('Access-Control-Expose-Headers') ?? 'nothing exposed',
        ),
    },
    {
      name: 'cors-asks',
      contract: 'protocol, CORS; Fetch, CORS-preflight request',
      holds: 'A page of any origin may make each call with the headers of the contract.',
      mend: 'Answer OPTIONS with the call’s method and DPoP, Authorization, Idempotency-Key, Content-Type and the session’s header.',
      ask: async (issuer) => {
        const asked = ['DPoP', 'Authorization', 'Idempotency-Key', 'Content-Type', sessionHeader];
        for (const { method, path } of Object.values(holderCalls)) {
          const headers = {
            'Access-Control-Request-Method': method,
            'Access-Control-Request-Headers': asked.join(',').toLowerCase(),
          };
          const address = issuer.addressOf({ path }, { id: 'x' });
          const answer = await issuer.send('OPTIONS', address, { headers }, path);
          demand(answer.status < 300, `2xx to OPTIONS ${path}`, inShort(answer));
          const origin = answer.headers.get('Access-Control-Allow-Origin') ?? 'nothing';
          demand(origin === '*', 'Access-Control-Allow-Origin: *', origin);
          const isSimple = method !== 'DELETE';
          const allowed = isSimple || lists(answer, 'Access-Control-Allow-Methods', method);
          demand(allowed, `${method} allowed`, 'other methods');
          const missing = asked.filter(
            (name) => !lists(answer, 'Access-Control-Allow-Headers', name),
          );
          demand(missing.length === 0, `${asked.join(', ')} allowed`, `no ${missing.join(', ')}`);
        }
      },
    },
    {
      name: 'identity-never-in-full',
      contract: 'B7; protocol, MaskedIdentity',
      holds: 'No answer says a name or a number in full, not even to whoever typed it.',
      mend: 'Mask in every answer; name the member that is wrong in a refusal, never its value.',
      ask: async (issuer) => {
        const secrets = issuer.people.flatMap(({ name, number }) => [name, number]);
        demandOfEach(
          issuer,
          'name and number masked',
          ({ text }) => !secrets.some((secret) => text.includes(secret)),
          () => 'one in full',
        );
      },
    },
  ],
};
