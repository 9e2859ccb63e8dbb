import type { Lane } from '../flow/events.ts';
import type { Refusal } from '../flow/refusal.ts';
import type { Known, State } from '../flow/state.ts';
import type { Dictionary } from '../locales/index.ts';
import { locationFailure } from './location-failure.ts';
import { inLanguage } from './paper-windows.ts';
import { whyHidden } from './why-hidden.ts';

/**
 * What a screen reader is told without being asked: what changed on the present screen. Of the
 * code it says nothing but what went wrong, since it changes every minute by itself (R15).
 */
export function announcement(state: State, texts: Dictionary): string {
  const words = news(state, texts);
  const isSlow = lanesOf(state).some((lane) => state.known.slow.includes(lane));
  return isSlow ? `${words} ${texts.slow}`.trim() : words;
}

/** Whose slowness the present screen tells of. */
function lanesOf({ screen, known }: State): readonly Lane[] {
  switch (screen.name) {
    case 'application':
      return [
        ...(screen.busy ? (['submission'] as const) : (['location'] as const)),
        ...(known.registered && !known.me ? (['start'] as const) : []),
      ];
    case 'outcome':
      return ['submission'];
    case 'code':
      return ['codes', 'submission'];
    case 'records':
      return ['records'];
    default:
      return [];
  }
}

function news({ screen, known }: State, texts: Dictionary): string {
  const because = (refusal: Refusal): string => {
    const { title, text, next } = texts.refusals[refusal.code];
    return `${title}. ${text} ${next}`;
  };
  if (screen.name === 'readiness') {
    if (screen.checking) return texts.readiness.checking;
    const { title, text } = texts.readiness.obstacles[screen.obstacle];
    return `${title}. ${text}`;
  }
  if (screen.name === 'application') {
    if (screen.refusal) return because(screen.refusal);
    return screen.busy ? texts.application.busy : where(known, texts, because);
  }
  if (screen.name === 'outcome') {
    const { outcome } = screen;
    if (outcome.status === 'refused') return because(outcome.refusal);
    if (outcome.status !== 'unconfirmed') return texts.outcome[outcome.status];
    const t = texts.outcome;
    return `${t[screen.purpose === 'apply' ? 'unconfirmed' : 'unconfirmedView']} ${t.unconfirmedNext}`;
  }
  if (screen.name === 'code') {
    if (screen.status === 'verification-required') {
      return screen.refusal ? because(screen.refusal) : whyHidden(known, texts);
    }
    if (screen.status === 'proof-ended') return texts.code.endedText;
    if (!known.online) return texts.refusals['no-connection'].title;
    return screen.refusal ? because(screen.refusal) : '';
  }
  if (screen.name === 'records') {
    if (screen.refusal) return because(screen.refusal);
    if (!screen.records) return texts.loading;
    return screen.records.records.length === 0 ? texts.records.empty : '';
  }
  return '';
}

function where(known: Known, texts: Dictionary, because: (refusal: Refusal) => string): string {
  const { location } = known;
  if (location.status === 'asking') return texts.location.asking;
  if (location.status === 'failed') return locationFailure(location.reason, known, texts);
  if (location.status === 'unnamed') return because(location.refusal);
  return location.status === 'found'
    ? `${texts.location.label}: ${inLanguage(location.place.city, texts)}`
    : '';
}
