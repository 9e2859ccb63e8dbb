import type { Page } from 'puppeteer-core';

/** What a page's main thread did in one task; instants and times in milliseconds. */
export interface Task {
  start: number;
  /** Processor time, so that others who use the machine do not count; it holds what the throttling adds. */
  took: number;
  /** script: a timer's or an animation frame's; idle: what a page does when it has nothing to do. */
  kind: 'script' | 'frame' | 'idle' | 'other';
  /** The functions that timers called in it, by their place in the source. */
  timers: string[];
}

export interface Recording {
  tasks: Task[];
  /** When the page made the mark of this name, by the clock of the tasks. */
  at: (mark: string) => number;
}

interface TraceEvent {
  name: string;
  cat: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds. */
  ts: number;
  dur?: number;
  tdur?: number;
  args: { data?: { url?: string; lineNumber?: number; columnNumber?: number } };
}

const timeline = 'devtools.timeline';
const marks = 'blink.user_timing';
/** Style, layout and paint of one picture are a task of the browser's. */
const kinds: Record<string, Task['kind']> = {
  TimerFire: 'script',
  FireAnimationFrame: 'script',
  FireIdleCallback: 'idle',
  UpdateLayoutTree: 'frame',
  Layout: 'frame',
  PrePaint: 'frame',
  Paint: 'frame',
};

/** Records a page's main thread while something goes on in which it makes marks (`performance.mark`). */
export async function record(page: Page, during: () => Promise<void>): Promise<Recording> {
  const categories = [timeline, `disabled-by-default-${timeline}`, marks];
  await page.tracing.start({ categories });
  await during();
  const text = new TextDecoder().decode(await page.tracing.stop());
  const { traceEvents } = JSON.parse(text) as { traceEvents: TraceEvent[] };
  const marked = traceEvents.filter(({ cat, ph }) => cat.includes(marks) && ph === 'I');
  const thread = marked[0];
  if (!thread) throw new Error('The page has made no mark.');
  const mine = traceEvents
    .filter(({ pid, tid, ph }) => pid === thread.pid && tid === thread.tid && ph === 'X')
    .sort((a, b) => a.ts - b.ts);
  return {
    tasks: tasksOf(mine),
    at: (mark) => {
      const event = marked.find(({ name }) => name === mark);
      if (!event) throw new Error(`The page has not made the mark ${mark}.`);
      return event.ts / 1000;
    },
  };
}

function tasksOf(events: readonly TraceEvent[]): Task[] {
  const tasks: Task[] = [];
  let [end, timerEnd] = [0, 0];
  for (const { name, ts, dur = 0, tdur = 0, args } of events) {
    if (name === 'RunTask') {
      tasks.push({ start: ts / 1000, took: tdur / 1000, kind: 'other', timers: [] });
      end = ts + dur;
    }
    const task = tasks.at(-1);
    if (!task || ts > end) continue;
    // A picture may be asked for by a script, whose task it then belongs to.
    if (task.kind === 'other') task.kind = kinds[name] ?? 'other';
    if (name === 'TimerFire') timerEnd = ts + dur;
    if (name === 'FunctionCall' && ts < timerEnd) {
      const { url, lineNumber, columnNumber } = args.data ?? {};
      task.timers.push([url, lineNumber, columnNumber].join(':'));
    }
  }
  return tasks;
}
