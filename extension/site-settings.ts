import type { Tabs } from 'webextension-polyfill';
import type { SettingsPort } from '../widget/index.ts';

/**
 * What the traveller has allowed this extension stands in Chromium's settings, which an extension may
 * open and a link may not: at its own pages, the icon beside the address says nothing of it. In Firefox
 * it does, and the settings cannot be opened.
 *
 * @param origin of the extension's pages
 */
export function siteSettings(
  origin: string,
  tabs: Pick<Tabs.Static, 'create'>,
): SettingsPort | undefined {
  if (!origin.startsWith('chrome-extension:')) return undefined;
  const url = `chrome://settings/content/siteDetails?site=${encodeURIComponent(origin)}`;
  return { able: async () => true, open: () => void tabs.create({ url }) };
}
