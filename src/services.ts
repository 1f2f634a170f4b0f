import { type Authenticator, createAuthenticator } from '../xapi/credentials.ts';
import { createIntake, type Intake } from '../xapi/intake.ts';
import type { Logger } from './base/logger.ts';
import { type Access, createAccess } from './cohorts/access.ts';
import { createDefinitions, type Definitions } from './cohorts/definitions.ts';
import { createEnrolments, type Enrolments } from './cohorts/enrolments.ts';
import { createFeed, type Feed } from './cohorts/feed.ts';
import { createFigures, type Figures } from './cohorts/figures.ts';
import { createLaunchService, type LaunchService } from './cohorts/launches.ts';
import type { Storage } from './storage/ports/index.ts';

/** What the world gives: time, chance, the network, a log. */
export interface World {
  /** ms since the epoch. */
  readonly clock: () => number;
  readonly random: (bytes: number) => Buffer;
  /** Random UUIDs. */
  readonly newId: () => string;
  readonly fetch: typeof fetch;
  readonly log: Logger;
}

/** The application without its doors: what pages, API and commands call. */
export interface Services {
  readonly storage: Storage;
  readonly authenticator: Authenticator;
  readonly intake: Intake;
  readonly definitions: Definitions;
  readonly enrolments: Enrolments;
  readonly feed: Feed;
  readonly figures: Figures;
  readonly access: Access;
  readonly launches: LaunchService;
  /** Finishes what was accepted, then closes the storage. */
  close(): Promise<void>;
}

/** What an installation is known by. */
export interface Installation {
  /** Where browsers and platforms reach it, without a slash at the end. */
  readonly publicUrl: string;
  /** The master secret, of at least 32 characters; every key at rest is derived from it. */
  readonly secret: string;
}

/** Wires the parts over a storage. */
export function createServices(storage: Storage, { publicUrl }: Installation, world: World): Services {
  const { clock, newId, log } = world;
  const definitions = createDefinitions(storage.cohorts, clock);
  const feed = createFeed(storage, definitions, log);
  const intake = createIntake({ statements: storage.statements, newId, onStored: feed.wake });
  const enrolments = createEnrolments({ store: storage.cohorts, clock, newId });
  const figures = createFigures(storage, definitions, feed, clock);
  const access = createAccess(definitions);
  const launches = createLaunchService({
    store: storage.cohorts,
    definitions,
    access,
    enrolments,
    intake,
    publicUrl,
    clock,
    newId,
  });
  return {
    storage,
    authenticator: createAuthenticator(storage.keys, clock),
    intake,
    definitions,
    enrolments,
    feed,
    figures,
    access,
    launches,
    close: async () => {
      await feed.close();
      await storage.close();
    },
  };
}
