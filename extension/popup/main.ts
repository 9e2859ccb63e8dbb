import { createIdbVault } from '../../widget/flow/idb-vault.ts';
import { createActing } from '../acting.ts';
import { after } from '../after.ts';
import { browser, sidePanel } from '../browser.ts';
import '../define.ts';
import { followOptions } from '../follow-options.ts';
import { answer, send } from '../messages.ts';
import { openPage } from '../open-page.ts';
import { sessions } from '../session.ts';
import { storedOptions } from '../stored-options.ts';
import { storedTimes } from '../stored-times.ts';
import { BoardingIdPopup } from './popup.ts';

customElements.define('boarding-id-popup', BoardingIdPopup);

const { runtime, storage, windows, sidebarAction } = browser;
/** As long as the popup is open. */
const { signal } = new AbortController();
// Known before the click: a panel opens on one alone, which is over once something has been waited for.
const { id: windowId } = await windows.getCurrent();

/** Does it and goes: a popup that stays would lie above what was opened. */
const goTo = (opening: Promise<unknown>): void => void opening.then(() => window.close());

const popup = new BoardingIdPopup();
popup.given = {
  acting: createActing(navigator.locks),
  times: storedTimes(storage.local),
  sessionOf: sessions((request) => fetch(request)),
  goWhereActing: () => goTo(send(runtime, 'come-forward', { screen: undefined })),
  isCodeOpen: async () => (await send(runtime, 'has-code', undefined)) === true,
  goToCode: () => goTo(send(runtime, 'show-code', undefined)),
  vault: createIdbVault(after),
  now: Date.now,
  openPage: (screen) => goTo(openPage(browser, screen)),
  openPanel: () => {
    if (sidePanel && windowId !== undefined) goTo(sidePanel.open({ windowId }));
    else goTo(sidebarAction.open());
  },
  openOptions: () => goTo(runtime.openOptionsPage()),
};

answer(
  runtime,
  'is-code-open',
  () => (popup.showsCode ? Promise.resolve(true) : undefined),
  signal,
);
void followOptions(
  storedOptions(storage.local),
  document,
  navigator.language,
  (options, language) => {
    Object.assign(popup, { options, language });
    document.body.append(popup);
  },
  signal,
);
