import { decodeProtectedHeader } from 'jose';
import { sessionHeader } from '../../../widget/protocol/calls.ts';
import { signIn } from '../../issuer/running-issuer.ts';
import { between, withBody } from '../between.ts';
import type { BrokenIssuer } from '../examined.ts';

const typeOf = (token: string): string | undefined => {
  try {
    return decodeProtectedHeader(token).typ;
  } catch {
    return undefined;
  }
};

export const ofTokens: readonly BrokenIssuer[] = [
  {
    what: 'takes a code for a session',
    fails: ['token-of-another-kind'],
    breaking: between(async ({ running, request, forward }) => {
      const isCode = typeOf(request.headers.get(sessionHeader) ?? '') === 'bid';
      const headers = { [sessionHeader]: isCode ? await signIn(running, 'adult') : '' };
      return forward(isCode ? { headers } : {});
    }),
  },
  {
    what: 'takes a session for a grant',
    fails: ['session-is-no-other-token'],
    breaking: between(async ({ request, call, forward }) => {
      const response = await forward();
      const [, token = ''] = request.headers.get('Authorization')?.split(' ') ?? [];
      const isTaken = call === 'POST /v1/codes' && typeOf(token) === 'bid-session+jwt';
      return isTaken ? new Response('{}', { status: 200, headers: response.headers }) : response;
    }),
  },
  {
    what: 'overlooks members that a call does not have',
    fails: ['request-form'],
    breaking: between(async ({ call, body, forward }) =>
      forward(
        call === 'POST /v1/views' && 'more' in body ? { body: { ...body, more: undefined } } : {},
      ),
    ),
  },
  {
    what: 'does not tell the signed-in of their proof',
    fails: ['me-has-the-proof'],
    breaking: between(async ({ call, forward }) => {
      const response = await forward();
      if (call !== 'GET /v1/me') return response;
      return withBody(response, (body) => ({ ...body, proof: undefined }));
    }),
  },
];
