import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import type { Settings } from '../../config/settings.ts';
import { realWorld } from '../../src/compose.ts';
import { type RunningServer, startServer } from '../../src/server.ts';
import type { Services, World } from '../../src/services.ts';
import { openEmbedded } from '../../src/storage/embedded/open-embedded.ts';
import type { KeyScope } from '../../src/storage/ports/key-store.ts';
import { type KeyTerms, newAccessKey } from '../../xapi/credentials.ts';
import { freePort } from './free-port.ts';
import { seedToolKey } from './seed-tool-key.ts';

/** An answer with its body read, as JSON where it is JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Tests look into answers of many shapes: as loose as JSON.parse says. */
  readonly json: ReturnType<typeof JSON.parse>;
}

/** The product, listening on this machine over a store of its own. */
export interface RunningAssidu {
  readonly url: string;
  readonly folder: string;
  /** The master secret: commands over the same folder need it. */
  readonly secret: string;
  readonly services: Services;
  readonly app: RunningServer['app'];
  /** Basic credentials of a key with the scopes `all` and `cohorts`. */
  readonly authorization: string;
  newKey(scopes: readonly KeyScope[], org?: string, terms?: Partial<KeyTerms>): Promise<string>;
  /** A request with the key above, JSON and version 1.0.3 unless told otherwise. */
  request(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  /** Stops it and removes its store. */
  close(): Promise<void>;
}

/** One master secret a process, so that one key of the tool will do (seed-tool-key.ts). */
const SECRET = randomBytes(32).toString('hex');

/** Starts the product as `assidu serve` does. `clock` (ms) changes the world's clock, not the store's threads'. */
export async function startAssidu(
  options: {
    readonly clock?: () => number;
    readonly port?: number;
    readonly publicUrl?: string;
    readonly settings?: Partial<Settings>;
    readonly log?: World['log'];
  } = {},
): Promise<RunningAssidu> {
  const folder = mkdtempSync(join(tmpdir(), 'assidu-'));
  const port = options.port ?? (await freePort());
  const url = `http://localhost:${port}`;
  const secret = SECRET;
  const before = openEmbedded({ folder, mode: 'inline' });
  await seedToolKey(before.toolKeys, secret);
  await before.close();
  const world: World = {
    ...realWorld(options.log ?? pino({ level: process.env.ASSIDU_TEST_LOG ?? 'silent' })),
    ...(options.clock ? { clock: options.clock } : {}),
  };
  const server = await startServer(
    {
      port,
      publicUrl: options.publicUrl ?? url,
      secret,
      dataFolder: folder,
      maxBody: '20mb',
      maxAttachment: '100mb',
      maxStatements: 10_000,
      allowPrivate: true,
      metricsFrom: 'local',
      drain: 0,
      logLevel: 'silent',
      mongodbUri: undefined,
      ...options.settings,
    },
    world,
  );
  const newKey: RunningAssidu['newKey'] = async (scopes, org = 'default', terms = {}) => {
    const given = { org, name: 'test', scopes, at: world.clock(), terms };
    const { accessKey, secret } = newAccessKey(given, randomBytes);
    await server.services.storage.keys.insert(accessKey);
    return `Basic ${Buffer.from(`${accessKey.key}:${secret}`).toString('base64')}`;
  };
  const authorization = await newKey(['all', 'cohorts']);
  return {
    url,
    folder,
    secret,
    services: server.services,
    app: server.app,
    authorization,
    newKey,
    request: async (method, path, body, headers = {}) => {
      const response = await fetch(`${url}${path}`, {
        method,
        redirect: 'manual',
        headers: {
          authorization,
          'X-Experience-API-Version': '1.0.3',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, json: parsed(text) };
    },
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
