import type { Tabs } from 'webextension-polyfill';

/**
 * Back from the first screen: to what the tab has shown before; a tab that was opened for the page has
 * shown nothing, and closes.
 */
export async function leaveTab(
  tabs: Pick<Tabs.Static, 'getCurrent' | 'remove'>,
  history: Pick<History, 'length' | 'back'>,
): Promise<void> {
  if (history.length > 1) return history.back();
  const { id } = await tabs.getCurrent();
  if (id !== undefined) await tabs.remove(id);
}
