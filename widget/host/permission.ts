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

/** What a page can be kept from by its own policy, or by the page around a frame that lends it nothing. */
export type LentFeature = 'geolocation' | 'camera';

/**
 * Whether it is kept from this page: then nothing that the traveller can set helps, only the host.
 *
 * @param permission what the browser says has been decided
 */
export async function isWithheld(
  feature: LentFeature,
  page: Pick<Window, 'document' | 'top'>,
  permission: (feature: LentFeature) => Promise<PermissionState | undefined>,
): Promise<boolean> {
  const { featurePolicy } = page.document as { featurePolicy?: FeaturePolicy };
  if (featurePolicy) return !featurePolicy.allowsFeature(feature);
  // Elsewhere than in Chromium it is told as a refusal, and a frame of another origin is where it happens.
  return isInForeignPage(page) && (await permission(feature)) === 'denied';
}

/** Chromium's alone, and under its first name. */
interface FeaturePolicy {
  allowsFeature: (feature: string) => boolean;
}

function isInForeignPage({ top }: Pick<Window, 'top'>): boolean {
  try {
    return !top?.document;
  } catch {
    return true;
  }
}
