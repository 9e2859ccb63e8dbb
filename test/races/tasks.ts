import { applyAtOnce } from './apply-at-once.ts';
import { askWithKeys } from './ask-with-keys.ts';
import { beginCheck, useAssertion } from './use-assertion.ts';
import { issueAtOnce } from './issue-at-once.ts';
import { liveThroughDay } from './live-through-day.ts';

/** What a server in a process of its own can be told to do. */
export const tasks = {
  applyAtOnce,
  askWithKeys,
  beginCheck,
  issueAtOnce,
  useAssertion,
  liveThroughDay,
};
export type Tasks = typeof tasks;
export type Task = keyof Tasks;
