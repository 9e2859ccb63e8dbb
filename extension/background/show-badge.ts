import type { Action } from 'webextension-polyfill';
import type { Language } from '../../widget/locales/index.ts';
import { textIn } from '../texts.ts';
import type { Badge } from './badge.ts';

export type ToolbarButton = Pick<
  Action.Static,
  'setBadgeText' | 'setBadgeBackgroundColor' | 'setBadgeTextColor' | 'setTitle'
>;

/** Grounds that stand out from the sign and from light and dark toolbars; the letters are legible on both. */
export const badgeGrounds = { hours: '#15803d', minutes: '#b45309' } as const;
export const badgeLetters = '#ffffff';

/** What it shows in figures, its title says in words. */
export async function showBadge(
  button: ToolbarButton,
  badge: Badge | undefined,
  language: Language,
): Promise<void> {
  if (badge) {
    await button.setBadgeBackgroundColor({ color: badgeGrounds[badge.unit] });
    await button.setBadgeTextColor({ color: badgeLetters });
  }
  await button.setBadgeText({ text: figuresOf(badge) });
  await button.setTitle({ title: wordsOf(badge, language) });
}

/** There is room for four characters. */
function figuresOf(badge: Badge | undefined): string {
  if (!badge) return '';
  const { left, unit } = badge;
  if (unit === 'hours') return String(left);
  return left === 0 ? '<1m' : `${left}m`;
}

function wordsOf(badge: Badge | undefined, language: Language): string {
  if (!badge) return textIn(language, 'actionTitle');
  const { left, unit } = badge;
  if (unit === 'hours') return textIn(language, 'titleHours', left);
  return left === 0 ? textIn(language, 'titleLastMinute') : textIn(language, 'titleMinutes', left);
}
