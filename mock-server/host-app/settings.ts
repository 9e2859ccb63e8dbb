/** How the page looks; kept in its address, so that a reload and a link find it. */
export interface Settings {
  language: 'zh' | 'en';
  /** The system's, or one of the two whatever the system says. */
  theme: 'system' | 'light' | 'dark';
  largeText: boolean;
}

export function readSettings(query: URLSearchParams): Settings {
  const theme = query.get('theme');
  return {
    language: query.get('lang') === 'en' ? 'en' : 'zh',
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    largeText: query.get('text') === 'large',
  };
}

/** Changes what the settings say in an address and leaves the rest of it, such as `issuer`. */
export function writeSettings(query: URLSearchParams, settings: Settings): URLSearchParams {
  const written = new URLSearchParams(query);
  written.set('lang', settings.language);
  if (settings.theme === 'system') written.delete('theme');
  else written.set('theme', settings.theme);
  if (settings.largeText) written.set('text', 'large');
  else written.delete('text');
  return written;
}
