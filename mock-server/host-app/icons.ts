import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

/** Line drawings of 24 × 24 units, coloured by the text around them. */
const drawings = {
  home: svg`<path d="M4 11 12 4l8 7v9h-5v-6H9v6H4z" />`,
  buy: svg`<rect x="5" y="3" width="14" height="13" rx="3" /><path d="M5 10h14M8 20l2-4m6 4-2-4M9 13h.01M15 13h.01" />`,
  tickets: svg`<path d="M3 8V5h18v3a2 2 0 0 0 0 4v0a2 2 0 0 0 0 4v3H3v-3a2 2 0 0 0 0-4v0a2 2 0 0 0 0-4Z" /><path d="M14 5v2m0 3v4m0 3v2" />`,
  more: svg`<rect x="4" y="4" width="6" height="6" rx="2" /><rect x="14" y="4" width="6" height="6" rx="2" /><rect x="4" y="14" width="6" height="6" rx="2" /><rect x="14" y="14" width="6" height="6" rx="2" />`,
  account: svg`<circle cx="12" cy="8" r="4" /><path d="M4 20c1.5-4.5 14.5-4.5 16 0" />`,
  care: svg`<path d="M12 20C4 14.5 3 11 3 8.5A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 9 1.5C21 11 20 14.5 12 20Z" />`,
  card: svg`<rect x="3" y="5" width="18" height="14" rx="3" /><circle cx="8.5" cy="11" r="2" /><path d="M5.5 16c1-2 5-2 6 0M14.5 10h4M14.5 14h4" />`,
  back: svg`<path d="M15 5 8 12l7 7" />`,
  forward: svg`<path d="m9 5 7 7-7 7" />`,
  controls: svg`<path d="M4 7h9m5 0h2M4 17h3m5 0h8" /><circle cx="15.5" cy="7" r="2.5" /><circle cx="9.5" cy="17" r="2.5" />`,
} satisfies Record<string, SVGTemplateResult>;

export const icon = (name: keyof typeof drawings): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${drawings[name]}</svg>`;
