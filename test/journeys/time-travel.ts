import type { Page } from 'puppeteer-core';

/** Time passes on the phone alone, as it does without a network: both of its clocks move on. */
export const letPass = (page: Page, minutes: number): Promise<void> =>
  page.evaluate((milliseconds) => {
    const wall = Date.now;
    Date.now = () => wall() + milliseconds;
    const monotonic = performance.now.bind(performance);
    performance.now = () => monotonic() + milliseconds;
  }, minutes * 60_000);
