import type { Page } from 'puppeteer-core';
import { Screen } from './screen.ts';

/** Who stands at the gate page and holds codes against it. */
export class GateKeeper {
  readonly screen: Screen;

  constructor(page: Page) {
    this.screen = new Screen(page);
  }

  /** Judges a code by its text, waits for the words that the gate shows, and goes on scanning. */
  async judge(code: string, ...expected: string[]): Promise<void> {
    await this.screen.fill('粘贴码的文字', code);
    await this.screen.press('核验');
    for (const words of expected) await this.screen.sees(words);
    await this.screen.press('继续扫码');
  }
}
