import * as v from 'valibot';
import {
  ProblemDocument,
  problemCodeOf,
  problemStatuses,
  type ProblemCode,
} from '../../widget/protocol/problems.ts';
import { demand, NotReached } from './check.ts';

/** What an issuer answered to one request. */
export interface Answer {
  /** Method and path as the contract writes it, `POST /v1/applications/:id/liveness`. */
  call: string;
  status: number;
  headers: Headers;
  /** The body as it came. */
  text: string;
  /** The body as JSON; `undefined` where it is none. */
  body: unknown;
  /** Of a problem in the contract's form. */
  problem: ProblemCode | undefined;
}

export async function readAnswer(call: string, response: Response): Promise<Answer> {
  const text = await response.text();
  const body = asJson(text);
  const problem = v.safeParse(ProblemDocument, body);
  return {
    call,
    status: response.status,
    headers: response.headers,
    text,
    body,
    problem: problem.success ? problemCodeOf(problem.output) : undefined,
  };
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An answer without any of its values, for they may be secrets: `401 use-dpop-nonce`. */
export function inShort({ status, problem, body, text }: Answer): string {
  if (problem !== undefined) return `${status} ${problem}`;
  if (text === '') return `${status} without a body`;
  if (typeof body !== 'object' || body === null)
    return `${status} with a body that is no JSON object`;
  return `${status} with ${Object.keys(body).join(', ') || 'an empty object'}`;
}

/** @throws {Failed} unless the answer is this problem, with the status that the list gives it */
export function demandProblem(answer: Answer, ...codes: readonly ProblemCode[]): void {
  const found = codes.find((code) => code === answer.problem);
  demand(
    found !== undefined && answer.status === problemStatuses[found],
    codes.map((code) => `${problemStatuses[code]} ${code}`).join(' or '),
    inShort(answer),
  );
}

/** @throws {Failed} unless the answer is a success of this shape */
export function demandShape<Schema extends v.GenericSchema>(
  answer: Answer,
  schema: Schema,
): v.InferOutput<Schema> {
  demand(answer.status === 200, '200', inShort(answer));
  const read = v.safeParse(schema, answer.body);
  const issue = read.issues?.[0];
  demand(
    read.success,
    `${(issue && v.getDotPath(issue)) ?? 'the body'} as the contract has it (${issue?.expected ?? 'a valid value'})`,
    `something else, or nothing, in 200 to ${answer.call}`,
  );
  return read.output;
}

/** What a step on the way to a check answered. @throws {NotReached} unless it is of this shape */
export function reached<Schema extends v.GenericSchema>(
  answer: Answer,
  schema: Schema,
): v.InferOutput<Schema> {
  const read = v.safeParse(schema, answer.body);
  if (answer.status === 200 && read.success) return read.output;
  throw new NotReached(`${answer.call} answered ${inShort(answer)}`);
}
