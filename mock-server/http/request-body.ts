import type { HonoRequest, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as v from 'valibot';
import { Problem } from '../../widget/protocol/problems.ts';

/** The largest honest body is a liveness assertion of a few kB. */
const mostBytes = 64 * 1024;

const tooLarge = (): never => {
  throw new Problem('invalid-request', { detail: 'the body is too large' });
};

/** Counts what comes, for a body that does not say how long it is. */
const counted = bodyLimit({ maxSize: mostBytes, onError: tooLarge });

/**
 * Waits for the body, so that nothing after it waits for the line. Refuses a large one before it is read: by
 * its `Content-Length`, or once that much has come.
 */
export const smallBody: MiddlewareHandler = async (context, next) => {
  // A body that says how long it is can be no longer, and is not made a stream of for nothing.
  const length = context.req.header('Content-Length');
  if (length !== undefined && context.req.header('Transfer-Encoding') === undefined) {
    if (Number(length) > mostBytes) tooLarge();
    if (Number(length) > 0) {
      await context.req.text().catch(() => {
        throw brokeOff();
      });
    }
    return next();
  }
  try {
    return await counted(context, next);
  } catch (thrown) {
    throw thrown instanceof Problem ? thrown : brokeOff();
  }
};

/**
 * Reads a body of JSON.
 *
 * @throws `invalid-request`, naming the member but never its value
 */
export async function readBody<Schema extends v.GenericSchema>(
  request: HonoRequest,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  // Whatever else a form of another page can send without asking first (CORS) is not looked at.
  if (!/^application\/json *(;|$)/i.test(request.header('Content-Type') ?? '')) {
    throw new Problem('invalid-request', { detail: 'Content-Type' });
  }
  const result = v.safeParse(schema, parse(await request.text()));
  if (result.success) return result.output;
  throw new Problem('invalid-request', { detail: v.getDotPath(result.issues[0]) ?? 'the body' });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text, (_, value: unknown) => {
      if (typeof value === 'string' && !isStorable(value)) throw new SyntaxError('text');
      return value;
    });
  } catch {
    throw new Problem('invalid-request', { detail: 'the body is not JSON' });
  }
}

/** PostgreSQL keeps no NUL, and half a surrogate pair would come back as another text. */
export const isStorable = (text: string): boolean => !/\0|\p{Surrogate}/u.test(text);

const brokeOff = (): Problem => new Problem('invalid-request', { detail: 'the body broke off' });
