/** What the browser asks the traveller for. */
export const asked = ['geolocation', 'camera'] as const;
export type Asked = (typeof asked)[number];

export interface BrowserPermissions {
  /** What the traveller has decided; nothing where the browser does not tell. */
  state: (name: Asked) => Promise<PermissionState | undefined>;
  /** Calls back after each decision, until the signal aborts. */
  watch: (listener: () => void, signal: AbortSignal) => void;
}

export function browserPermissions(permissions: Permissions): BrowserPermissions {
  const query = (name: Asked): Promise<PermissionStatus | undefined> =>
    permissions.query({ name }).catch(() => undefined);
  return {
    state: async (name) => (await query(name))?.state,
    watch: (listener, signal) => {
      for (const name of asked) {
        void query(name).then((status) => status?.addEventListener('change', listener, { signal }));
      }
    },
  };
}
