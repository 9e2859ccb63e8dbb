import { createBrowserPorts } from '../../widget/index.ts';
import { browser } from '../browser.ts';
import { send } from '../messages.ts';
import { storedOptions } from '../stored-options.ts';
import { storedTimes } from '../stored-times.ts';
import { showAppearance } from './appearance.ts';
import { changesTo } from './change-options.ts';
import './define.ts';
import { OptionsPage } from './options-page.ts';

const { local, session } = browser.storage;
const options = storedOptions(local);
const browserLanguage = browser.i18n.getUILanguage();

const page = new OptionsPage();
page.ports = {
  options,
  change: changesTo(options),
  times: storedTimes(local),
  clearStorage: async () => {
    await Promise.all([local.clear(), session.clear()]);
  },
  permissions: browser.permissions,
  component: createBrowserPorts({
    now: () => Date.now(),
    session: async () => undefined,
    sessionGiven: () => true,
  }).ports,
  isCodeOpen: async () => (await send(browser.runtime, 'is-code-open', undefined)) ?? false,
  browserLanguage,
  version: browser.runtime.getManifest().version,
};
document.body.append(page);

options.watch(
  (changed) => showAppearance(document, changed, browserLanguage),
  new AbortController().signal,
);
showAppearance(document, await options.read(), browserLanguage);
