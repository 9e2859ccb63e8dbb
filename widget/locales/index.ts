import { zh, type Dictionary } from './zh.ts';

export { zh, type Dictionary } from './zh.ts';
export type { RefusalText } from './refusals-zh.ts';
export type Language = 'zh' | 'en';

/** The dictionary of a language. Chinese is at hand; any other is fetched, and may fail to come. */
export async function loadDictionary(language: Language): Promise<Dictionary> {
  return language === 'zh' ? zh : (await import('./en.ts')).en;
}
