import type { Notifications, Runtime } from 'webextension-polyfill';
import type { DeepLink } from '../../widget/index.ts';
import type { Language } from '../../widget/locales/index.ts';
import type { Reminder } from '../stored-options.ts';
import { textIn, type TextKey } from '../texts.ts';

interface Notice {
  title: TextKey;
  message: TextKey;
  /** Where a click on it leads. */
  screen: DeepLink;
}

const notices: Record<Reminder, Notice> = {
  renewal: {
    title: 'reminderRenewalTitle',
    message: 'reminderRenewal',
    screen: 'application',
  },
  end: { title: 'reminderEndTitle', message: 'reminderEnd', screen: 'application' },
  verification: {
    title: 'reminderVerificationTitle',
    message: 'reminderVerification',
    screen: 'code',
  },
};

/** @returns nothing for what is no notification of ours */
export const screenOf = (notificationId: string): DeepLink | undefined =>
  Object.hasOwn(notices, notificationId) ? notices[notificationId as Reminder].screen : undefined;

/** Shows a reminder, in the place of one of its kind that still stands. It may lie on a locked screen: no name, no number (B7). */
export async function showNotice(
  notifications: Pick<Notifications.Static, 'create'>,
  runtime: Pick<Runtime.Static, 'getURL'>,
  reminder: Reminder,
  language: Language,
): Promise<void> {
  const { title, message } = notices[reminder];
  await notifications.create(reminder, {
    type: 'basic',
    iconUrl: runtime.getURL('icons/128.png'),
    title: textIn(language, title),
    message: textIn(language, message),
  });
}
