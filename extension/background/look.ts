import type { Alarms, I18n, Notifications, Permissions } from 'webextension-polyfill';
import { send } from '../messages.ts';
import type { OpensPage } from '../open-page.ts';
import { storedOptions, type Options, type Reminder } from '../stored-options.ts';
import { storedTimes } from '../stored-times.ts';
import type { StorageArea } from '../stored.ts';
import { languageOf } from '../texts.ts';
import { alarmsFor, setAlarms } from './alarms.ts';
import { badgeAt } from './badge.ts';
import { showNotice } from './notice.ts';
import { reminders, worthSaying } from './reminders.ts';
import { showBadge, type ToolbarButton } from './show-badge.ts';
import { storedTold } from './told.ts';

/** What looking needs of the browser. */
export interface LooksAround extends OpensPage {
  action: ToolbarButton;
  alarms: Pick<Alarms.Static, 'create' | 'clear' | 'getAll'>;
  i18n: Pick<I18n.Static, 'getUILanguage'>;
  /** None before the traveller has allowed them. */
  notifications?: Pick<Notifications.Static, 'create' | 'clear'>;
  permissions: Pick<Permissions.Static, 'contains'>;
  storage: { local: StorageArea };
}

/**
 * Brings everything in line with what is stored, whatever it was before: notifications, alarms, badge.
 * Nothing is remembered from one look to the next, as the worker may not live so long.
 *
 * @param now this clock, milliseconds since the epoch
 * @param due what has fallen due; it is shown if it is still worth saying and has not been said
 */
export async function look(
  browser: LooksAround,
  now: number,
  due: readonly Reminder[],
): Promise<void> {
  const { local } = browser.storage;
  const [times, options, told, standing] = await Promise.all([
    storedTimes(local).read(),
    storedOptions(local).read(),
    storedTold(local).read(),
    browser.alarms.getAll(),
  ]);
  const language = languageOf(options.language, browser.i18n.getUILanguage());
  const wanted = await wantedOf(browser, options);
  const worth = worthSaying(times, now);

  /** Fallen due, or overdue: an alarm may be later than this look, which is about to take it away. */
  const isDue = (reminder: Reminder): boolean =>
    due.includes(reminder) ||
    standing.some(({ name, scheduledTime }) => name === reminder && scheduledTime <= now);

  async function say(reminder: Reminder, instant: number): Promise<void> {
    if (!browser.notifications || told[reminder] === instant) return;
    // The code closed, nobody is about to lose it.
    if (reminder === 'verification' && !(await isCodeOpen(browser))) return;
    await showNotice(browser.notifications, browser.runtime, reminder, language);
    told[reminder] = instant;
    await storedTold(local).write(told);
  }

  try {
    for (const reminder of reminders) {
      const instant = worth.get(reminder);
      // What stands on the screen of a proof that is renewed or gone would mislead.
      if (instant === undefined) await browser.notifications?.clear(reminder);
      else if (wanted.includes(reminder) && isDue(reminder)) await say(reminder, instant);
    }
  } finally {
    if (!times && Object.keys(told).length > 0) await storedTold(local).clear();
    // Whatever the system makes of a notification, the next one must come.
    await setAlarms(browser.alarms, alarmsFor(times, wanted, now));
    await showBadge(browser.action, badgeAt(times, now), language);
  }
}

/** Switched on in the options, and allowed by the browser. */
async function wantedOf(
  { permissions }: LooksAround,
  { reminders: switches }: Options,
): Promise<Reminder[]> {
  const allowed = await permissions.contains({ permissions: ['notifications'] });
  return allowed ? reminders.filter((reminder) => switches[reminder]) : [];
}

const isCodeOpen = async ({ runtime }: LooksAround): Promise<boolean> =>
  (await send(runtime, 'is-code-open', undefined)) === true;
