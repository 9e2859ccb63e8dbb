import { createIdbVault } from '../../widget/flow/idb-vault.ts';
import { createActing } from '../acting.ts';
import { browser } from '../browser.ts';
import { panelComesForward } from '../coming-forward.ts';
import '../define.ts';
import { followOptions } from '../follow-options.ts';
import { answer, send } from '../messages.ts';
import { openPage } from '../open-page.ts';
import { browserPermissions } from '../permissions.ts';
import { sessions } from '../session.ts';
import { storedOptions } from '../stored-options.ts';
import { storedTimes } from '../stored-times.ts';
import { after } from '../after.ts';
import { BoardingIdPanel } from './panel.ts';

customElements.define('boarding-id-panel', BoardingIdPanel);

const { runtime, storage } = browser;
/** As long as the panel is open. */
const { signal } = new AbortController();
const acting = createActing(navigator.locks);
const panel = new BoardingIdPanel();
panel.given = {
  acting,
  times: storedTimes(storage.local),
  sessionOf: sessions((request) => fetch(request)),
  goWhereActing: () => void send(runtime, 'come-forward', { screen: undefined }),
  openOptions: () => void runtime.openOptionsPage(),
  permissions: browserPermissions(navigator.permissions),
  vault: createIdbVault(after),
  now: Date.now,
  openPage: (screen) => void openPage(browser, screen),
  leave: () => window.close(),
};

answer(
  runtime,
  'is-code-open',
  () => (panel.showsCode ? Promise.resolve(true) : undefined),
  signal,
);
panelComesForward(
  browser,
  { open: (screen) => panel.open(screen), acts: acting.here, hasCode: () => panel.hasCode },
  signal,
);
void followOptions(
  storedOptions(storage.local),
  document,
  navigator.language,
  (options, language) => {
    Object.assign(panel, { options, language });
    document.body.append(panel);
  },
  signal,
);
