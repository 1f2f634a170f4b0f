import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Folder of the recorded and public data: ASSIDU_SHARED, else ../shared beside the checkout; null where there is none. */
export function sharedFolder(): string | null {
  const folder = resolve(process.env.ASSIDU_SHARED ?? '../shared');
  return existsSync(resolve(folder, 'data')) ? folder : null;
}

/** A path below the folder of shared data; null, with the reason printed, where there is none. */
export function sharedPath(path: string): string | null {
  const folder = sharedFolder();
  if (folder === null) {
    console.warn(`skipped: ${path} is not here (set ASSIDU_SHARED to the folder that holds it)`);
    return null;
  }
  return resolve(folder, path);
}
