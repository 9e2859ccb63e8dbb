import type { Language } from '../widget/locales/index.ts';
import en from './_locales/en/messages.json';
import zh from './_locales/zh_CN/messages.json';

/** What the extension says itself, beside the component: by the Chinese texts, which define the keys. */
export type TextKey = keyof typeof zh;

const texts: Record<Language, Record<TextKey, { message: string }>> = { zh, en };

/**
 * @param given stand in the place of `$1`, `$2` …, as in the browser's own `i18n.getMessage`, which
 *   cannot be asked here: it knows the browser's language only, and the traveller may have set another
 */
export const textIn = (language: Language, key: TextKey, ...given: (string | number)[]): string =>
  texts[language][key].message.replaceAll(/\$([1-9])/g, (_, place) =>
    String(given[Number(place) - 1] ?? ''),
  );

/** @param wanted from the options */
export function languageOf(wanted: 'browser' | Language, browserLanguage: string): Language {
  if (wanted !== 'browser') return wanted;
  return /^zh/i.test(browserLanguage) ? 'zh' : 'en';
}
