import type { Language } from '../widget/locales/index.ts';
import type { Options } from './stored-options.ts';
import type { Stored } from './stored.ts';
import { languageOf, textIn } from './texts.ts';

/**
 * Dresses a page of the extension as the traveller has set it, and again whenever they set something
 * else, until the signal aborts.
 *
 * @param tell called with each setting, the first included
 */
export async function followOptions(
  stored: Pick<Stored<Options>, 'read' | 'watch'>,
  page: Document,
  browserLanguage: string,
  tell: (options: Options, language: Language) => void,
  signal: AbortSignal,
): Promise<void> {
  let isOld = false;
  const take = (options: Options): void => {
    const language = languageOf(options.language, browserLanguage);
    const root = page.documentElement;
    root.lang = language === 'zh' ? 'zh-CN' : 'en';
    if (options.theme === 'browser') delete root.dataset['theme'];
    else root.dataset['theme'] = options.theme;
    page.title = textIn(language, 'extensionName');
    tell(options, language);
  };
  stored.watch((options) => {
    isOld = true;
    take(options);
  }, signal);
  const first = await stored.read();
  if (!isOld && !signal.aborted) take(first);
}
