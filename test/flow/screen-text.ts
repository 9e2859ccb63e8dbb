import type { TemplateResult } from 'lit';
import { announcement } from '../../widget/elements/announcement.ts';
import { BoardingIdApplication } from '../../widget/elements/application.ts';
import { BoardingIdCode } from '../../widget/elements/code.ts';
import { BoardingIdHelp } from '../../widget/elements/help.ts';
import { BoardingIdLiveness } from '../../widget/elements/liveness.ts';
import { BoardingIdOutcome } from '../../widget/elements/outcome.ts';
import { BoardingIdReadiness } from '../../widget/elements/readiness.ts';
import { BoardingIdRecords } from '../../widget/elements/records.ts';
import { BoardingIdServices } from '../../widget/elements/services.ts';
import { wayOut } from '../../widget/elements/way-out.ts';
import type { Flow } from '../../widget/flow/flow.ts';
import type { ScreenName } from '../../widget/flow/state.ts';
import type { Dictionary } from '../../widget/locales/index.ts';

/** What a screen says, without a browser: from its templates, before they are drawn. */

const elements: Record<ScreenName, new () => { render: () => unknown }> = {
  services: BoardingIdServices,
  readiness: BoardingIdReadiness,
  application: BoardingIdApplication,
  liveness: BoardingIdLiveness,
  outcome: BoardingIdOutcome,
  code: BoardingIdCode,
  records: BoardingIdRecords,
  help: BoardingIdHelp,
};

export interface ScreenText {
  /** The screen's own words and the way out below them, white space folded. */
  text: string;
  buttons: string[];
  /** What a screen reader is told by itself. */
  announced: string;
}

export function screenText(flow: Flow, texts: Dictionary): ScreenText {
  const { state } = flow;
  const element = new elements[state.screen.name]();
  Object.assign(element, {
    given: {
      ...state,
      texts,
      now: flow.serverNow,
      send: () => undefined,
      stage: { attach: () => undefined, detach: () => undefined },
    },
  });
  const markup = markupOf(element.render()) + markupOf(wayOut(state, texts));
  return {
    text: wordsOf(markup),
    buttons: [...markup.matchAll(/<button[^>]*>(.*?)<\/button>/gs)].map(([, inner]) =>
      wordsOf(inner ?? ''),
    ),
    announced: announcement(state, texts),
  };
}

const wordsOf = (markup: string): string =>
  markup
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

function markupOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(markupOf).join('');
  // Anything else is for a property, or draws nothing.
  if (typeof value !== 'object' || value === null || !('strings' in value)) return '';
  const { strings, values } = value as TemplateResult;
  return strings.map((text, place) => text + markupOf(values[place])).join('');
}
