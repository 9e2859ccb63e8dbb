import { defaultIssuer } from './stored-options.ts';

/** The browsers it is built for. */
export const targets = ['chromium', 'firefox'] as const;
export type Target = (typeof targets)[number];

/** Pixels; drawn by `icons/make-icons.ts`. */
export const iconSizes = [16, 32, 48, 128] as const;

/**
 * One source of both manifests; what differs stands side by side. Why each permission is there:
 * `PERMISSIONS.md`.
 *
 * @param version of `package.json`
 */
export function manifestFor(target: Target, version: string): Record<string, unknown> {
  const shared = {
    manifest_version: 3,
    version,
    default_locale: 'zh_CN',
    name: '__MSG_extensionName__',
    description: '__MSG_extensionDescription__',
    icons: icons(iconSizes),
    action: {
      default_popup: 'popup.html',
      default_title: '__MSG_actionTitle__',
      default_icon: icons([16, 32, 48]),
    },
    options_ui: { page: 'options.html', open_in_tab: true },
    optional_permissions: ['notifications'],
    host_permissions: [`${new URL(defaultIssuer).protocol}//${new URL(defaultIssuer).hostname}/*`],
    optional_host_permissions: ['https://*/*'],
    content_security_policy: { extension_pages: contentSecurityPolicy },
  };
  const own = {
    chromium: {
      minimum_chrome_version: '116',
      permissions: ['alarms', 'storage', 'sidePanel'],
      background: { service_worker: 'background.js', type: 'module' },
      side_panel: { default_path: 'panel.html' },
    },
    firefox: {
      browser_specific_settings: {
        gecko: {
          id: 'boarding-id@boarding-id.example',
          strict_min_version: '142.0',
          data_collection_permissions: {
            required: ['personallyIdentifyingInfo', 'locationInfo'],
          },
        },
      },
      permissions: ['alarms', 'storage'],
      background: { scripts: ['background.js'], type: 'module' },
      sidebar_action: {
        default_panel: 'panel.html',
        default_title: '__MSG_actionTitle__',
        default_icon: icons([16, 32]),
        open_at_install: false,
      },
    },
  };
  return { ...shared, ...own[target] };
}

const icons = (sizes: readonly number[]): Record<string, string> =>
  Object.fromEntries(sizes.map((size) => [size, `icons/${size}.png`]));

/** Nothing but the package's own files; only calls go out, to the issuer that the traveller has set. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  'connect-src https: http://localhost:*',
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');
