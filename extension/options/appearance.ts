import type { Options } from '../stored-options.ts';
import { languageOf, textIn } from '../texts.ts';

/** What the document says of itself: language, title and, for `surface.css`, the theme. */
export function showAppearance(
  document: Document,
  { language: wanted, theme }: Options,
  browserLanguage: string,
): void {
  const language = languageOf(wanted, browserLanguage);
  const root = document.documentElement;
  root.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = `${textIn(language, 'optionsTitle')} – ${textIn(language, 'extensionName')}`;
  if (theme === 'browser') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
}
