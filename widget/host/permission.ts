/**
 * What the traveller has decided before, without asking them now; nothing where the browser does
 * not tell.
 */
export async function permissionOf(name: PermissionName): Promise<PermissionState | undefined> {
  try {
    return (await navigator.permissions.query({ name })).state;
  } catch {
    // Not every browser has this, and not every one knows the camera by name.
    return undefined;
  }
}
