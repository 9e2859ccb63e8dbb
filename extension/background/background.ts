import type { Alarms, Notifications, Permissions, Runtime } from 'webextension-polyfill';
import { openPage } from '../open-page.ts';
import { storedOptions, type Reminder } from '../stored-options.ts';
import { storedTimes } from '../stored-times.ts';
import { look, type LooksAround } from './look.ts';
import { screenOf } from './notice.ts';
import { reminders } from './reminders.ts';

/** What the background needs of the browser. */
export interface BackgroundBrowser extends LooksAround {
  alarms: LooksAround['alarms'] & Pick<Alarms.Static, 'onAlarm'>;
  notifications?: LooksAround['notifications'] & Pick<Notifications.Static, 'onClicked'>;
  permissions: LooksAround['permissions'] & Pick<Permissions.Static, 'onAdded' | 'onRemoved'>;
  runtime: LooksAround['runtime'] & Pick<Runtime.Static, 'onStartup' | 'onInstalled'>;
}

/**
 * Listens, all at once: a browser that starts a worker for an event looks for its listener in the
 * first turn. Nothing is kept between two events.
 *
 * @param now this clock, milliseconds since the epoch
 * @param locks one look after the other, so that none undoes another's with what it had read before
 */
export function startBackground(
  browser: BackgroundBrowser,
  now: () => number,
  locks: Pick<LockManager, 'request'>,
): void {
  const forever = new AbortController().signal;
  const lookAgain = (due: readonly Reminder[]): Promise<void> =>
    locks.request('boarding-id-background', () => look(browser, now(), due));
  const lookAtChange = () => void lookAgain([]);
  /** After the browser was closed, or an update has cleared the alarms: what they would have said. */
  const lookAtMissed = () => void lookAgain(reminders);

  async function follow(notificationId: string): Promise<void> {
    const screen = screenOf(notificationId);
    if (!screen) return;
    await openPage(browser, screen);
    await browser.notifications?.clear(notificationId);
  }
  const onClicked = (notificationId: string) => void follow(notificationId);
  /** It is there from the moment on that the traveller allows it. */
  const listenForClicks = () => browser.notifications?.onClicked.addListener(onClicked);

  browser.runtime.onStartup.addListener(lookAtMissed);
  browser.runtime.onInstalled.addListener(lookAtMissed);
  browser.alarms.onAlarm.addListener(({ name }) => {
    void lookAgain(reminders.filter((reminder) => reminder === name));
  });
  storedTimes(browser.storage.local).watch(lookAtChange, forever);
  storedOptions(browser.storage.local).watch(lookAtChange, forever);
  browser.permissions.onAdded.addListener(() => {
    listenForClicks();
    lookAtChange();
  });
  browser.permissions.onRemoved.addListener(lookAtChange);
  listenForClicks();

  // Switched on again by hand, the extension gets no event at all.
  lookAtChange();
}
