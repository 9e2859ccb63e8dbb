import { html, nothing } from 'lit';
import type { Settings } from '../flow/ports.ts';
import type { Given } from './screen.ts';

/** To the phone's settings, in a host that can open them; elsewhere a text says where they are. */
export const settingsButton = (
  { known, texts, send }: Pick<Given, 'known' | 'texts' | 'send'>,
  of: Settings,
) =>
  known.opensSettings
    ? html`<button type="button" @click=${() => send({ type: 'open-settings', of })}>
        ${texts.openSettings}
      </button>`
    : nothing;
