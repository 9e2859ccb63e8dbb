import type { ElementHandle, Frame, Page } from 'puppeteer-core';

/**
 * A page as a person uses it: by the words they see, whatever shadow root they stand in. Every step
 * waits until what it looks for is there, and fails saying what was on the screen instead.
 */
export class Screen {
  readonly page: Page;
  /** Where it looks: a frame of the page does as well. */
  readonly #inside: Page | Frame;

  constructor(page: Page, inside: Page | Frame = page) {
    this.page = page;
    this.#inside = inside;
  }

  /** Presses the button, link or option whose words begin so; `times` in a row as by a double tap. */
  async press(words: string, times = 1): Promise<void> {
    const button = await this.#find('button, a[href], summary, [role=button]', words);
    await button.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    await standsStill(button);
    await button.click({ count: times, delay: 0 });
  }

  /** Presses the button if it is there in this moment; it may have gone by itself. */
  async pressIfThere(words: string): Promise<void> {
    await this.#inside.evaluate(
      `(${deepFind})(document, 'button', ${JSON.stringify(words)})?.click()`,
    );
  }

  /** Types into the field with this label, in place of what stands there. */
  async fill(label: string, text: string): Promise<void> {
    const field = await this.#find('input, textarea', label);
    await field.click({ count: 3 });
    await field.type(text);
  }

  /** As `fill`, but all at once, as by pasting. */
  async paste(label: string, text: string): Promise<void> {
    const field = await this.#find('input, textarea', label);
    await field.click({ count: 3 });
    await field.evaluate((_, pasted) => document.execCommand('insertText', false, pasted), text);
  }

  async tick(label: string): Promise<void> {
    await (await this.#find('input[type=checkbox]', label)).click();
  }

  async choose(label: string, option: string): Promise<void> {
    const select = await this.#find('select', label);
    await select.evaluate((element, words) => {
      const list = element as HTMLSelectElement;
      const found = [...list.options].find(({ text }) => text.includes(words));
      if (!found) throw new Error(`no option ${words}`);
      list.value = found.value;
      list.dispatchEvent(new Event('change', { bubbles: true }));
    }, option);
  }

  /** Waits until the words stand somewhere on the page. */
  async sees(words: string): Promise<void> {
    await this.#until(words, `(${deepText})(document.body).includes(${JSON.stringify(words)})`);
  }

  /** Everything that can be read in the moment in which these words stand there, be it a short one. */
  async textWith(words: string): Promise<string> {
    const text = `((text) => text.includes(${JSON.stringify(words)}) && text)((${deepText})(document.body))`;
    return (await this.#until(words, text)) as string;
  }

  async seesNot(words: string): Promise<void> {
    await this.#until(
      `no ${words}`,
      `!(${deepText})(document.body).includes(${JSON.stringify(words)})`,
    );
  }

  /** Everything that can be read, through all shadow roots. */
  async text(): Promise<string> {
    const text = (await this.#inside.evaluate(`(${deepText})(document.body)`)) as string;
    return text.replaceAll(/\s*\n\s*/g, '\n');
  }

  async #find(selector: string, words: string): Promise<ElementHandle> {
    const expression = `(${deepFind})(document, ${JSON.stringify(selector)}, ${JSON.stringify(words)})`;
    await this.#until(`${selector} “${words}”`, `!!${expression}`);
    const handle = await this.#inside.evaluateHandle(expression);
    return handle.asElement() as ElementHandle;
  }

  /** @returns what the expression then is */
  async #until(what: string, expression: string): Promise<unknown> {
    try {
      const found = await this.#inside.waitForFunction(expression, {
        timeout: 30_000,
        polling: 100,
      });
      return await found.jsonValue();
    } catch (cause) {
      throw new Error(`Not on the screen: ${what}. It shows:\n${await this.text()}`, { cause });
    }
  }
}

/** A person presses what does not move under the finger while the page is still loading. */
const standsStill = (element: ElementHandle): Promise<void> =>
  element.evaluate(async (node) => {
    for (let before = '', still = 0; still < 6;) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const place = JSON.stringify(node.getBoundingClientRect());
      still = place === before ? still + 1 : 0;
      before = place;
    }
  });

// These run in the page, so they stand alone. They look at what is shown: a screen hides others.

export const deepText = `function text(node) {
  if (node.nodeType === 3) return node.data;
  if (node.nodeType !== 1 && node.nodeType !== 11) return '';
  if (node.nodeType === 1 && /^(STYLE|SCRIPT|TEMPLATE)$/.test(node.tagName)) return '';
  if (node.nodeType === 1 && !node.checkVisibility() && getComputedStyle(node).display !== 'contents') return '';
  const children = node.shadowRoot ? [node.shadowRoot] : node.assignedNodes ? [...node.childNodes, ...node.assignedNodes()] : [...node.childNodes];
  const inner = children.map(text).join('');
  return node.nodeType === 1 && getComputedStyle(node).display !== 'inline' ? inner + '\\n' : inner;
}`;

export const deepFind = `function find(root, selector, words) {
  const name = (element) => [
    element.getAttribute('aria-label'),
    ...(element.labels ? [...element.labels].map((label) => label.textContent) : []),
    element.matches('input, select, textarea') ? '' : (${deepText})(element),
  ].map((text) => (text ?? '').trim());
  for (const element of root.querySelectorAll('*')) {
    if (element.matches(selector) && element.checkVisibility() && !element.disabled && name(element).some((text) => text.startsWith(words))) return element;
    const inner = element.shadowRoot && find(element.shadowRoot, selector, words);
    if (inner) return inner;
  }
  return null;
}`;
