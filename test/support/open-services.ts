import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServices, type Services } from '../../src/services.ts';
import { openEmbedded } from '../../src/storage/embedded/open-embedded.ts';
import type { Sender } from '../../xapi/intake.ts';

/** The services over a real store of their own, in this thread, with a clock that a test turns. */
export interface TurnedServices {
  readonly services: Services;
  /** ms since the epoch. */
  now(): number;
  /** Lets time pass, never backwards. */
  turnTo(instant: number): void;
  close(): Promise<void>;
}

/** Starts them at an instant (ms). */
export function openServices(start: number): TurnedServices {
  const folder = mkdtempSync(join(tmpdir(), 'assidu-services-'));
  let time = start;
  const clock = () => time;
  const silent = () => undefined;
  const services = createServices(
    openEmbedded({ folder, mode: 'inline', clock }),
    { publicUrl: 'https://assidu.test', secret: 's'.repeat(32) },
    {
      clock,
      random: randomBytes,
      newId: randomUUID,
      fetch: globalThis.fetch,
      log: { info: silent, warn: silent, error: silent },
    },
  );
  return {
    services,
    now: clock,
    turnTo: (instant) => {
      time = Math.max(time, instant);
    },
    close: async () => {
      await services.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A key of an organisation that writes statements. */
export function senderOf(
  keyId: string,
  rights: { readonly standings?: boolean; readonly voidsAny?: boolean } = {},
): Sender {
  return {
    org: 'default',
    authority: { objectType: 'Agent', account: { homePage: 'https://assidu.test', name: keyId } },
    writer: { keyId, standings: rights.standings ?? false, voidsAny: rights.voidsAny ?? false },
  };
}
