/** Where the platform may keep values for us, as the pages' scripts read it (assets/platform-storage.js). */
export interface PlatformStorage {
  readonly authOrigin: string;
  readonly platformOrigins: readonly string[];
  readonly storageTarget: string | null;
}

/** Its data attributes. */
export function storageData({ authOrigin, platformOrigins, storageTarget }: PlatformStorage) {
  return {
    'data-auth-origin': authOrigin,
    'data-platform-origins': platformOrigins.join(' '),
    'data-storage-target': storageTarget ?? undefined,
  };
}
