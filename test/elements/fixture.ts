import '../../widget/elements/define-screens.ts';
import { LitElement } from 'lit';
import { BoardingId, type Composition } from '../../widget/elements/boarding-id.ts';
import type { HostEvent } from '../../widget/flow/effects.ts';
import type { UserEvent } from '../../widget/flow/events.ts';
import type { Flow } from '../../widget/flow/flow.ts';
import type { State } from '../../widget/flow/state.ts';
import { at, states } from './states.ts';

/** A flow that shows what it is told to and writes down what it hears: the shell's other side. */
export class WrittenFlow implements Flow {
  state: State = states['services']!;
  /** What came in, in order: events, and calls by name. */
  readonly heard: (UserEvent | string)[] = [];
  /** Milliseconds since the epoch. */
  time = at * 1000;
  private readonly listeners = new Set<() => void>();

  show(state: State): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly send = (event: UserEvent): void => void this.heard.push(event);
  readonly serverNow = (): number => this.time;
  readonly open = (screen: string): void => void this.heard.push(`open ${screen}`);
  readonly close = (): void => void this.heard.push('close');
  readonly signOut = (): Promise<void> => {
    this.heard.push('sign out');
    return Promise.resolve();
  };
  readonly sessionChanged = (): void => void this.heard.push('session changed');
}

/** The shell on a written flow, and a stage that writes a line in place of a camera. */
export class TestShell extends BoardingId {
  readonly flow = new WrittenFlow();

  protected createFlow(): Composition {
    return {
      flow: this.flow,
      stage: {
        attach: (container, language) => {
          this.flow.heard.push(`attach ${language}`);
          container.append('stage');
        },
        detach: () => this.flow.heard.push('detach'),
      },
    };
  }

  tell(event: HostEvent): boolean {
    return this.tellHost(event);
  }
}
customElements.define('test-shell', TestShell);

/** Puts a shell in the page, showing a state; waits until every element in it is drawn. */
export async function shellAt(
  state: State,
  { lang = 'zh', scheme = 'light' }: { lang?: string; scheme?: 'light' | 'dark' } = {},
): Promise<TestShell> {
  const shell = new TestShell();
  shell.lang = lang;
  shell.style.colorScheme = scheme;
  shell.flow.state = state;
  document.body.append(shell);
  await drawn(shell);
  return shell;
}

/** Waits until an element and the elements in it have drawn what they were given. */
export async function drawn(element: LitElement): Promise<void> {
  await element.updateComplete;
  const fetchesDictionary = (): boolean =>
    element instanceof TestShell && !element.shadowRoot?.querySelector('section');
  while (fetchesDictionary()) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  for (const inner of element.shadowRoot?.querySelectorAll('*') ?? []) {
    if (inner instanceof LitElement) await drawn(inner);
  }
}

/** All elements in a shadow root, through those within. */
export function everything(root: ShadowRoot): Element[] {
  return [...root.querySelectorAll('*')].flatMap((element) => [
    element,
    ...(element.shadowRoot ? everything(element.shadowRoot) : []),
  ]);
}

/** The element of the screen that a shell shows. */
export function screenIn(shell: TestShell): LitElement & { shadowRoot: ShadowRoot } {
  const screen = shell.shadowRoot?.querySelector<LitElement>('.screen > *');
  if (!screen?.shadowRoot) throw new Error('The shell shows no screen.');
  return screen as LitElement & { shadowRoot: ShadowRoot };
}

/** The first element in a screen that matches; there must be one. */
export function find(root: { shadowRoot: ShadowRoot | null }, selector: string): HTMLElement {
  const found = root.shadowRoot?.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`Nothing matches ${selector}.`);
  return found;
}

/** The button whose text is, or begins with, `text`. */
export function button(root: { shadowRoot: ShadowRoot | null }, text: string): HTMLButtonElement {
  const all = [...(root.shadowRoot?.querySelectorAll('button') ?? [])];
  const found = all.find((each) => each.textContent.trim().startsWith(text));
  if (!found) throw new Error(`No button says ${text}.`);
  return found;
}

/** Text as a traveller sees it, white space folded. */
export const textOf = (element: { shadowRoot: ShadowRoot | null }): string =>
  (element.shadowRoot?.textContent ?? '').replace(/\s+/g, ' ').trim();

/** For `afterEach`: the page is empty again. */
export const clear = (): void => document.body.replaceChildren();
