import type { Page } from 'puppeteer-core';
import { startBrowser, takePhone } from '../journeys/browser.ts';
import { startMock } from '../journeys/running-mock.ts';
import { letPass } from '../journeys/time-travel.ts';
import { record, type Task } from './main-thread.ts';
import { applyOnPlainPage } from './plain-page.ts';
import { median } from './quantile.ts';
import type { BenchRow } from './row.ts';

const throttling = 6;
const rotations = 5;
const goal = 8;
/** Seconds that are watched before a rotation, so that some have none. */
const before = 3;

/** In the page: marks the instant in which the seconds left next change. @returns how many they are then */
const nextSecond = `new Promise((resolve) => {
  const read = (root) => {
    const timer = root.querySelector('[role=timer]');
    if (timer) return timer.textContent.match(/\\d+/)[0];
    for (const { shadowRoot } of root.querySelectorAll('*')) {
      const inner = shadowRoot && read(shadowRoot);
      if (inner) return inner;
    }
  };
  const first = read(document);
  const look = () => {
    const now = read(document);
    if (now === first) return requestAnimationFrame(look);
    performance.mark('second');
    resolve(Number(now));
  };
  look();
})`;

/** In the page: adds up how far things jump on it. */
const watchShifts = `(() => {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) window.shifted += value;
  }).observe({ type: 'layout-shift' });
})()`;

/** What came of each second of one kind, milliseconds. */
class Seconds {
  readonly scripts: number[] = [];
  /** With style, layout and paint. */
  readonly all: number[] = [];
  readonly idle: number[] = [];

  add(tasks: readonly Task[]): void {
    const sum = (...kinds: Task['kind'][]): number =>
      tasks.reduce((total, { kind, took }) => total + (kinds.includes(kind) ? took : 0), 0);
    this.scripts.push(sum('script'));
    this.all.push(sum('script', 'frame'));
    this.idle.push(sum('idle'));
  }
}

const wait = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1000));

async function throttle(page: Page): Promise<void> {
  const session = await page.createCDPSession();
  await session.send('Emulation.setCPUThrottlingRate', { rate: throttling });
}

/** The seconds from a mark on, each from half a second before it begins to half a second after. */
async function watch(page: Page, seconds: () => Promise<number>): Promise<Task[][]> {
  let count = 0;
  const { tasks, at } = await record(page, async () => {
    count = await seconds();
    await wait(count + 0.6);
  });
  const from = at('second') - 500;
  return Array.from({ length: count + 1 }, (_, second) =>
    tasks.filter(({ start }) => Math.floor((start - from) / 1000) === second),
  ).slice(1);
}

/** The least: a page of one line, which says another number each second. */
async function watchOneLine(page: Page): Promise<Seconds> {
  await page.goto('data:text/html,<p role="timer">60</p>');
  await throttle(page);
  await page.evaluate(() => {
    const line = document.querySelector('p')!;
    setInterval(() => (line.textContent = String(10 + (Number(line.textContent) % 50))), 1000);
  });
  const seconds = new Seconds();
  const watched = await watch(page, async () => {
    await page.evaluate(nextSecond);
    return 10;
  });
  for (const tasks of watched) seconds.add(tasks);
  return seconds;
}

/** The main thread while a code stands on the screen, on a processor that is six times as slow. */
export async function benchRotation(): Promise<BenchRow[]> {
  const mock = await startMock();
  const browser = await startBrowser();
  try {
    const { page } = await takePhone(browser, mock.host);
    const floor = await watchOneLine(page);
    const traveller = await applyOnPlainPage(page, mock.host, 53);
    await traveller.passLiveness();
    await traveller.screen.sees('后自动更新');
    await page.evaluate(watchShifts);
    await throttle(page);

    const [plain, rotating] = [new Seconds(), new Seconds()];
    let mostOfOneTimer = 0;
    for (let rotation = 0; rotation < rotations; rotation++) {
      const left = (await page.evaluate(nextSecond)) as number;
      await letPass(page, (left - before - 3) / 60);
      // What that brings is over.
      await wait(1.5);
      let rotates = 0;
      const watched = await watch(page, async () => {
        rotates = (await page.evaluate(nextSecond)) as number;
        return rotates + 2;
      });
      watched.forEach((tasks, index) => {
        (index === rotates - 1 ? rotating : plain).add(tasks);
        const timers = tasks.flatMap((task) => task.timers);
        const counts = timers.map((timer) => timers.filter((each) => each === timer).length);
        mostOfOneTimer = Math.max(mostOfOneTimer, ...counts);
      });
    }
    const shifted = (await page.evaluate('shifted')) as number;
    return [
      ...rowsOf('rotation', rotating, floor),
      ...rowsOf('second without rotation', plain, floor),
      {
        what: 'rotation, the next symbol drawn beforehand, while idle',
        value: rounded(median(rotating.idle)),
        unit: 'ms',
        goal: '(none)',
        met: true,
      },
      {
        what: `rotation, layout shift of ${rotations}`,
        value: Number(shifted.toFixed(4)),
        unit: '',
        goal: '0',
        met: shifted === 0,
      },
      {
        what: 'rotation, most often that one timer fired in a second',
        value: mostOfOneTimer,
        unit: '',
        goal: '≤ 1',
        met: mostOfOneTimer <= 1,
      },
    ];
  } finally {
    await browser.close();
    await mock.stop();
  }
}

const rounded = (value: number): number => Number(value.toFixed(1));

function rowsOf(name: string, seconds: Seconds, floor: Seconds): BenchRow[] {
  const row = (what: string, value: number, beside: number): BenchRow => ({
    what: `${name}, CPU 6×: ${what}`,
    value: rounded(value),
    unit: 'ms',
    beside: `a page of one line ${rounded(beside)} ms`,
    ratio: Number((beside / value).toFixed(2)),
    goal: `≤ ${goal}`,
    met: value <= goal,
  });
  return [
    row('scripts', median(seconds.scripts), median(floor.scripts)),
    row('with style, layout, paint', median(seconds.all), median(floor.all)),
  ];
}
