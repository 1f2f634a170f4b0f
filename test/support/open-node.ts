import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServices, type Services } from '../../src/services.ts';
import { openEmbedded } from '../../src/storage/embedded/open-embedded.ts';
import { senderOf } from './open-services.ts';

/** The services over a store of their own that can be closed and opened again, with a clock that a test turns. */
export interface Node {
  readonly folder: string;
  services(): Services;
  /** ms since the epoch. */
  now(): number;
  turnBy(ms: number): void;
  /** Ends the requests under way as a timeout does. */
  losePatience(): void;
  /** Ends this process's part and begins anew on the same data. */
  restart(): Promise<void>;
  /** Keeps statements written with a key; answers their ids. */
  keep(statements: readonly object[], keyId?: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Opens one, over a folder of its own unless another is given. */
export function openNode(
  options: { readonly secret?: string; readonly folder?: string; readonly start?: number } = {},
): Node {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'assidu-node-'));
  let time = options.start ?? Date.UTC(2026, 0, 5);
  const clock = () => time;
  const silent = () => undefined;
  let patience = new AbortController();
  const impatient: typeof fetch = (input, init) =>
    fetch(input, {
      ...init,
      signal: AbortSignal.any([...(init?.signal ? [init.signal] : []), patience.signal]),
    });
  const open = () =>
    createServices(
      openEmbedded({ folder, mode: 'inline', clock }),
      { publicUrl: 'http://localhost:1', secret: options.secret ?? 's'.repeat(32) },
      {
        clock,
        random: randomBytes,
        newId: randomUUID,
        fetch: impatient,
        log: { info: silent, warn: silent, error: silent },
      },
    );
  let services = open();
  return {
    folder,
    services: () => services,
    now: clock,
    turnBy: (ms) => {
      time += ms;
    },
    losePatience: () => {
      patience.abort(new DOMException('no answer in time', 'TimeoutError'));
      patience = new AbortController();
    },
    restart: async () => {
      await services.close();
      services = open();
    },
    keep: (statements, keyId = 'test') =>
      services.intake.accept(senderOf(keyId), JSON.stringify(statements), '1.0.3'),
    close: async () => {
      await services.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A statement with an id of its own. */
export function plainStatement(given: Readonly<Record<string, unknown>> = {}) {
  return {
    id: randomUUID(),
    actor: { mbox: 'mailto:learner@example.org' },
    verb: { id: 'http://adlnet.gov/expapi/verbs/experienced' },
    object: { id: 'http://example.org/an-activity' },
    ...given,
  };
}
