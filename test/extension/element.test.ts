import { expect } from 'chai';
import { BoardingIdInExtension } from '../../extension/element.ts';
import { storedTimes } from '../../extension/stored-times.ts';
import '../../widget/elements/define-screens.ts';
import { clear, everything } from '../elements/fixture.ts';
import { HandActing, MemoryArea } from './surface-fixture.ts';

customElements.define('boarding-id-in-extension', class extends BoardingIdInExtension {});

const task = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** What is written on it, in whichever of its elements. */
const shown = (element: HTMLElement): string =>
  everything(element.shadowRoot!)
    .map(({ shadowRoot }) => shadowRoot?.textContent ?? '')
    .join(' ');

/** The form, on a surface without a network, that lets the browser ask for the place or does not. */
function formWhere(mayLocate: boolean) {
  const element = document.createElement('boarding-id-in-extension') as BoardingIdInExtension;
  const asked: string[] = [];
  element.issuer = 'https://issuer.invalid';
  element.screen = 'application';
  element.surface = {
    acting: new HandActing(),
    times: storedTimes(new MemoryArea()),
    mayAct: async () => true,
    mayLocate: async () => {
      asked.push('surface');
      return mayLocate;
    },
    settings: { able: async () => true, open: (of) => asked.push(`settings of ${of}`) },
  };
  Object.assign(navigator.geolocation, {
    getCurrentPosition: (_found: unknown, failed: (error: { code: number }) => void) => {
      asked.push('browser');
      failed({ code: 2 });
    },
  });
  document.body.append(element);
  return { element, asked };
}

describe('the component in the extension', () => {
  const { fetch } = globalThis;
  beforeEach(() => {
    globalThis.fetch = () => Promise.reject(new TypeError('no network'));
  });
  afterEach(() => {
    clear();
    globalThis.fetch = fetch;
    Reflect.deleteProperty(navigator.geolocation, 'getCurrentPosition');
  });

  it('asks the browser for the place where the surface lets it', async () => {
    const { element, asked } = formWhere(true);
    while (!shown(element).includes('重新定位')) await task();
    expect(asked).to.deep.equal(['surface', 'browser']);
  });

  it('does not where the surface does not, and says how to be asked', async () => {
    const { element, asked } = formWhere(false);
    while (!shown(element).includes('重新定位')) await task();
    expect(asked).to.deep.equal(['surface']);
    expect(element.showsCode).to.equal(false);
  });

  it('leads to the browser’s settings where the surface can open them', async () => {
    const { element, asked } = formWhere(true);
    const button = () =>
      everything(element.shadowRoot!).find((each) => each.textContent?.trim() === '打开设置');
    while (!button()) await task();
    (button() as HTMLButtonElement).click();
    expect(asked.at(-1)).to.equal('settings of location');
  });
});
