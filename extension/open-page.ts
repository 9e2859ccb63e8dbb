import type { Runtime, Tabs } from 'webextension-polyfill';
import type { DeepLink } from '../widget/index.ts';
import { send } from './messages.ts';

/** What it needs of the browser. */
export interface OpensPage {
  runtime: Pick<Runtime.Static, 'sendMessage' | 'onMessage' | 'getURL'>;
  tabs: Pick<Tabs.Static, 'create'>;
}

/** Brings the tab with the page to the front, at a screen, or opens one: there is never a second. */
export async function openPage({ runtime, tabs }: OpensPage, screen: DeepLink): Promise<void> {
  if (await send(runtime, 'come-forward', { screen })) return;
  await tabs.create({ url: runtime.getURL(`page.html?screen=${screen}`) });
}
