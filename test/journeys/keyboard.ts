import type { Page } from 'puppeteer-core';

/** More controls than any screen has. */
const furthest = 60;

/** A person who has a keyboard and nothing else: what they do not reach by Tab they cannot use. */
export class Keyboard {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Goes on by Tab to the control with this label, types into it. */
  async type(label: string, text: string): Promise<void> {
    await this.reach(label);
    await this.page.keyboard.type(text);
  }

  /** Goes on by Tab to the control whose name begins so, and presses the key. */
  async press(words: string, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
    await this.reach(words);
    await this.page.keyboard.press(key);
  }

  /** @throws with every name that was passed, when Tab leads nowhere near the words */
  async reach(words: string): Promise<void> {
    const passed: string[] = [];
    while (passed.length < furthest) {
      const name = await this.focused();
      if (name.startsWith(words)) return;
      passed.push(name);
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not lead to “${words}”, but to: ${passed.join(' | ')}`);
  }

  /** The name of what has the focus, and nothing when it has no outline to be seen by. */
  focused(): Promise<string> {
    return this.page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body) return '';
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const labels = 'labels' in element ? [...(element.labels as NodeListOf<Element>)] : [];
      const name =
        element.getAttribute('aria-label') ??
        labels.map(({ textContent }) => textContent).join(' ') ??
        '';
      const words = (name || element.innerText || element.textContent || '').trim();
      return outlineStyle === 'none' || outlineWidth === '0px' ? `(no outline) ${words}` : words;
    });
  }
}
