import { html, nothing, type TemplateResult } from 'lit';
import type { Lane } from '../flow/events.ts';
import type { Given } from './screen.ts';

/** Beside what is under way in a lane: the network is slow, and nothing has stopped. */
export const slowLine = (
  lane: Lane,
  { known, texts }: Pick<Given, 'known' | 'texts'>,
): TemplateResult | typeof nothing =>
  known.slow.includes(lane) ? html`<p class="muted slow">${texts.slow}</p>` : nothing;
