import browser from 'webextension-polyfill';

/**
 * The one door to `webextension-polyfill`, for what composes a surface or the background (`main.ts`):
 * everything else is given the parts that it needs, so that it can be tested without an extension.
 */
export { browser };

/** Chromium's alone, and not in the polyfill; the page it shows stands in the manifest. */
interface SidePanel {
  /** Only on a click. */
  open: (where: { windowId: number }) => Promise<void>;
}

export const { sidePanel } = (globalThis as { chrome?: { sidePanel?: SidePanel } }).chrome ?? {};
