import type { Page } from 'puppeteer-core';
import { startBrowser, takePhone } from '../journeys/browser.ts';
import { startMock } from '../journeys/running-mock.ts';
import { applyOnPlainPage } from './plain-page.ts';
import { quantile } from './quantile.ts';
import type { BenchRow } from './row.ts';

const throttling = 4;
const passes = 7;
const goal = 100;

/** Instants of one arrival, milliseconds. */
interface Arrival {
  /** The provider's answer to the check is there. */
  checked: number;
  /** The issuer's answer to it is there, with the proof and its pack. */
  issued: number;
  /** The QR has been painted. */
  shown: number;
  /** Requests begun after the issuer's answer and before the QR. */
  further: number;
}

/**
 * In the page, from the last prompt of the check on. The frame in which the symbol is drawn has been painted when a
 * task runs that its animation frame has asked for.
 */
const watch = `window.arrival = new Promise((resolve) => {
  const arrival = { further: 0 };
  const { fetch } = window;
  window.fetch = async (request) => {
    if (arrival.issued && !arrival.shown) arrival.further++;
    const response = await fetch(request);
    const name = /\\/v1\\/.*\\/liveness$/.test(request.url) ? 'issued' : 'checked';
    arrival[name] ??= performance.now();
    return response;
  };
  const find = (root) => {
    if (root.querySelector('boarding-id-qr')?.shadowRoot?.querySelector('path')) return true;
    return [...root.querySelectorAll('*')].some(({ shadowRoot }) => shadowRoot && find(shadowRoot));
  };
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    arrival.shown = performance.now();
    resolve(arrival);
  };
  const look = () => {
    if (arrival.issued && find(document)) port2.postMessage('');
    else requestAnimationFrame(look);
  };
  look();
})`;

async function arrive(page: Page, host: string, pass: number): Promise<Arrival> {
  const { screen } = await applyOnPlainPage(page, host, 101 + pass);
  await screen.press('开始核验');
  await screen.press('打开摄像头');
  for (let prompt = 0; prompt < 2; prompt++) await screen.press('完成了，下一步');
  const session = await page.createCDPSession();
  await session.send('Emulation.setCPUThrottlingRate', { rate: throttling });
  await page.evaluate(watch.replace('window.arrival = ', 'void (window.arrival = ') + ')');
  await screen.press('完成了，下一步');
  return (await page.evaluate('window.arrival')) as Arrival;
}

/** From the liveness answer to the QR on the screen, on a processor that is four times as slow. */
export async function benchArrival(): Promise<BenchRow[]> {
  const mock = await startMock();
  const browser = await startBrowser();
  try {
    const arrivals: Arrival[] = [];
    for (let pass = 0; pass < passes; pass++) {
      const { page, context } = await takePhone(browser, mock.host);
      arrivals.push(await arrive(page, mock.host, pass));
      await context.close();
    }
    const row = (what: string, values: number[]): BenchRow => ({
      what: `arrival, CPU 4×: ${what}, median of ${passes}`,
      value: Math.round(quantile(values, 0.5)),
      unit: 'ms',
      goal: `≤ ${goal}`,
      met: quantile(values, 0.5) <= goal,
    });
    const further = Math.max(...arrivals.map((each) => each.further));
    return [
      row(
        'liveness answer to QR painted',
        arrivals.map(({ checked, shown }) => shown - checked),
      ),
      row(
        'of that, from the issuer’s answer on',
        arrivals.map(({ issued, shown }) => shown - issued),
      ),
      {
        what: 'arrival, requests between the issuer’s answer and the QR',
        value: further,
        unit: '',
        goal: '0',
        met: further === 0,
      },
    ];
  } finally {
    await browser.close();
    await mock.stop();
  }
}
