import assert from 'node:assert/strict';
import type { Page } from 'puppeteer-core';
import { Screen } from './screen.ts';

/** Who stands at the gate page and holds codes against it. */
export class GateKeeper {
  readonly screen: Screen;

  constructor(page: Page) {
    this.screen = new Screen(page);
  }

  /** Judges a code by its text, compares what the gate says of it, and goes on scanning. */
  async judge(code: string, ...expected: string[]): Promise<void> {
    await this.screen.paste('粘贴码的文字', code);
    await this.screen.press('核验');
    // A verdict goes by itself after some seconds, so it is looked at once and whole.
    const shown = await this.screen.textWith(goOn);
    for (const words of expected) {
      assert.ok(shown.includes(words), `The gate does not say ${words}, but:\n${shown}`);
    }
    await this.screen.pressIfThere(goOn);
    await this.screen.seesNot(goOn);
  }
}

const goOn = '继续扫码';
