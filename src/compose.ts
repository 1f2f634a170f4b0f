import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../config/settings.ts';
import type { Doors } from './app.ts';
import { AssiduError } from './base/errors.ts';
import type { Logger } from './base/logger.ts';
import { startThread } from './base/start-thread.ts';
import { createFoldCrew, type FoldCrew } from './cohorts/fold-crew.ts';
import type { FoldThreadData } from './fold-thread.ts';
import { createReadiness, type Readiness } from './readiness.ts';
import { createServices, type Installation, type Services, type World } from './services.ts';
import { type Backup, backUp } from './storage/embedded/back-up.ts';
import { openEmbedded } from './storage/embedded/open-embedded.ts';

/** The real world. */
export function realWorld(log: Logger): World {
  return { clock: Date.now, random: randomBytes, newId: randomUUID, fetch: globalThis.fetch, log };
}

/**
 * The services over the storage that the settings name. `threads` for a server, `inline` for a command. Over MongoDB
 * there is no crew: its threads read a folder.
 */
export async function composeServices(
  settings: Settings,
  mode: 'threads' | 'inline',
  world: World,
): Promise<Services> {
  const installation = installationOf(settings);
  if (settings.mongodbUri === undefined) {
    const storage = openEmbedded({ folder: settings.dataFolder, mode, clock: world.clock });
    return createServices(storage, installation, world, foldCrewOver(settings.dataFolder));
  }
  // Loaded where it is used: it takes longer than most commands.
  const { openMongo } = await import('./storage/mongodb/open-mongodb.ts');
  const { clock, newId } = world;
  return createServices(openMongo({ uri: settings.mongodbUri, clock, newId }), installation, world);
}

/** Copies the store that the settings name. Throws `settings` where its server has tools of its own for that. */
export function backUpStore(settings: Settings, target: string): Backup {
  if (settings.mongodbUri !== undefined)
    throw new AssiduError('settings', 'MONGODB_URI: back a MongoDB up with mongodump (docs/operate.md)');
  return backUp(settings.dataFolder, target);
}

/** As many threads as there are processors; they are started when there is a long history to be made into facts. */
function foldCrewOver(folder: string): FoldCrew {
  const workerData: FoldThreadData = { folder };
  const start = () =>
    startThread(new URL('./fold-thread', import.meta.url), {
      workerData,
      // What is read and made lives shortly, and the thread not long either.
      resourceLimits: { maxYoungGenerationSizeMb: 64 },
    });
  return createFoldCrew(Math.min(4, availableParallelism()), start);
}

/** The whole product, ready to listen. */
export async function composeApp(
  settings: Settings,
  world: World,
): Promise<Doors & { readonly services: Services; readonly readiness: Readiness }> {
  const services = await composeServices(settings, 'threads', world);
  try {
    const installation = installationOf(settings);
    // Doors are loaded here: commands open none, and start in half the time without them.
    const [{ createApp }, { createLtiOver }] = await Promise.all([
      import('./app.ts'),
      import('./open-lti.ts'),
    ]);
    const lti = await createLtiOver(services, installation, world);
    const readiness = createReadiness(() => services.storage.ready().catch(() => false));
    const { publicUrl, maxBody, maxAttachment, metricsFrom } = settings;
    const doors = createApp({
      services,
      lti,
      readiness,
      publicUrl,
      maxBody,
      maxAttachment,
      metricsFrom,
      clock: world.clock,
      log: world.log,
    });
    return { ...doors, services, readiness };
  } catch (error) {
    await services.close();
    throw error;
  }
}

function installationOf(settings: Settings): Installation {
  const { publicUrl, secret, dataFolder, maxStatements, allowPrivate } = settings;
  return { publicUrl, secret: secret ?? localSecret(dataFolder), maxStatements, allowPrivate };
}

/** Outside production a secret is made once and kept beside the data, readable by its owner only. */
function localSecret(folder: string): string {
  const file = join(folder, 'secret');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    // It is there already, perhaps just made by a process that started at the same time.
    if (!existsSync(file)) throw error;
  }
  return readFileSync(file, 'utf8').trim();
}
