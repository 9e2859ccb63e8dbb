import { deepLinks, type DeepLink } from '../../widget/index.ts';
import { createActing } from '../acting.ts';
import { browser } from '../browser.ts';
import { pageComesForward } from '../coming-forward.ts';
import '../define.ts';
import { followOptions } from '../follow-options.ts';
import { answer, send } from '../messages.ts';
import { browserPermissions } from '../permissions.ts';
import { sessions } from '../session.ts';
import { siteSettings } from '../site-settings.ts';
import { storedOptions } from '../stored-options.ts';
import { storedTimes } from '../stored-times.ts';
import { BoardingIdPage } from './page.ts';
import { leaveTab } from './leave-tab.ts';

customElements.define('boarding-id-page', BoardingIdPage);

const { runtime, storage, tabs } = browser;
/** As long as the tab is open. */
const { signal } = new AbortController();
const acting = createActing(navigator.locks);
const page = new BoardingIdPage();
page.given = {
  acting,
  times: storedTimes(storage.local),
  sessionOf: sessions((request) => fetch(request)),
  goWhereActing: () => void send(runtime, 'come-forward', { screen: undefined }),
  openOptions: () => void runtime.openOptionsPage(),
  permissions: browserPermissions(navigator.permissions),
  settings: siteSettings(location.origin, tabs),
  leave: () => void leaveTab(tabs, history),
};
const wanted = new URLSearchParams(location.search).get('screen') as DeepLink;
if (deepLinks.includes(wanted)) page.opensAt = wanted;

answer(runtime, 'is-code-open', () => (page.showsCode ? Promise.resolve(true) : undefined), signal);
pageComesForward(
  browser,
  { open: (screen) => page.open(screen), acts: acting.here, hasCode: () => page.hasCode },
  navigator.locks,
  signal,
);
void followOptions(
  storedOptions(storage.local),
  document,
  navigator.language,
  (options, language) => {
    Object.assign(page, { options, language });
    document.body.append(page);
  },
  signal,
);
