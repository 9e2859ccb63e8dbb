import { toJsonSchema } from '@valibot/to-json-schema';
import type { Call, Credential } from '../../widget/protocol/calls.ts';
import { sessionHeader } from '../../widget/protocol/calls.ts';
import {
  ProblemDocument,
  problemStatuses,
  type ProblemCode,
} from '../../widget/protocol/problems.ts';
import { isOfStaff } from './call-routes.ts';

/** A call as the document tells of it. */
export interface DescribedCall {
  name: string;
  call: Call;
  summary: string;
  /** The problems that are this call's own; those of its credentials and body are added. */
  problems: readonly ProblemCode[];
}

const securityNames: Record<Credential, string | undefined> = {
  key: 'dpop',
  session: 'session',
  'optional-session': undefined,
  grant: 'grant',
  gate: 'gate',
  crew: 'crew',
};

const problemsOfCredential: Record<Credential, readonly ProblemCode[]> = {
  key: ['invalid-dpop-proof', 'use-dpop-nonce'],
  session: ['session-required', 'session-expired'],
  'optional-session': ['session-expired'],
  grant: ['verification-required'],
  gate: ['credential-required'],
  crew: ['credential-required'],
};

/** Every problem that a call may answer with. */
export function problemsOf({ call, problems }: DescribedCall): ProblemCode[] {
  return [
    ...new Set<ProblemCode>([
      ...(call.request ? (['invalid-request'] as const) : []),
      ...call.by.flatMap((credential) => problemsOfCredential[credential]),
      ...(call.creates ? (['idempotency-conflict'] as const) : []),
      ...problems,
      ...(isOfStaff(call) ? [] : (['rate-limited'] as const)),
      'unavailable',
    ]),
  ];
}

const schemaOf = (schema: NonNullable<Call['request']>) => {
  const { $schema: _, ...json } = toJsonSchema(schema, { errorMode: 'ignore' });
  return json;
};

/** The contract as OpenAPI 3.1, made from the same tables as the routes. */
export function openApi(origin: string, calls: readonly DescribedCall[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const described of calls) {
    const path = described.call.path.replaceAll(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[described.call.method.toLowerCase()] = operation(described);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'boarding-id issuer',
      version: '1',
      summary: 'Electronic temporary boarding ID: what holders, gates and the issuer say.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: origin }],
    paths,
    components: {
      schemas: { Problem: schemaOf(ProblemDocument) },
      securitySchemes: {
        dpop: { type: 'apiKey', in: 'header', name: 'DPoP', description: 'RFC 9449 proof' },
        grant: { type: 'http', scheme: 'DPoP', description: 'The grant, bound to the DPoP key' },
        session: { type: 'apiKey', in: 'header', name: sessionHeader },
        gate: { type: 'http', scheme: 'bearer' },
        crew: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}

function operation(described: DescribedCall): object {
  const { name, call, summary } = described;
  const names = call.by.flatMap((credential) => securityNames[credential] ?? []);
  const required = Object.fromEntries(names.map((security) => [security, []]));
  const takesSession = call.by.includes('optional-session');
  return {
    operationId: name,
    summary,
    security: takesSession ? [required, { ...required, session: [] }] : [required],
    parameters: [
      ...[...call.path.matchAll(/:(\w+)/g)].map(([, parameter]) => ({
        name: parameter,
        in: 'path',
        required: true,
        schema: { type: 'string' },
      })),
      ...(call.creates
        ? [{ name: 'Idempotency-Key', in: 'header', schema: { type: 'string', maxLength: 255 } }]
        : []),
    ],
    ...(call.request
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(call.request) } },
          },
        }
      : {}),
    responses: { ...success(call), ...refusals(problemsOf(described)) },
  };
}

function success({ response }: Call): object {
  const headers = { 'DPoP-Nonce': { schema: { type: 'string' } } };
  if (!response) return { 204: { description: 'Done', headers } };
  const content = { 'application/json': { schema: schemaOf(response) } };
  return { 200: { description: 'The answer', headers, content } };
}

function refusals(problems: readonly ProblemCode[]): object {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const problem of problems) {
    const status = problemStatuses[problem];
    byStatus.set(status, [...(byStatus.get(status) ?? []), problem]);
  }
  const content = {
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
  };
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [status, { description: codes.join(', '), content }]),
  );
}
