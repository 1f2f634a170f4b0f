import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const PATHS = [process.env.CHROMIUM_PATH ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'];
/** Where screenshots are kept: build output, to be looked at. */
export const SCREENSHOTS = 'build/screenshots';

/** Path of a Chromium; null, with the reason printed, where there is none. */
export function chromiumPath(): string | null {
  const found = PATHS.find((path) => path !== '' && existsSync(path));
  if (found !== undefined) return found;
  console.warn('skipped: no Chromium here (install it, or set CHROMIUM_PATH)');
  return null;
}

export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A file for a screenshot, its folder made. */
export function screenshot(name: string): string {
  mkdirSync(SCREENSHOTS, { recursive: true });
  return join(SCREENSHOTS, `${name}.png`);
}
