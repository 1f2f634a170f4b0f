import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Express } from 'express';
import type { Settings } from '../config/settings.ts';
import { composeApp } from './compose.ts';
import type { Services, World } from './services.ts';

/** How often it is looked what is due with other LRSs, in ms. */
const LOOK_EVERY = 2_000;

/** How often it is looked which rosters are due, in ms. */
const ROSTERS_EVERY = 60_000;

/** How often it is looked which grades are due, in ms: what happens within a minute is one grade. */
const GRADES_EVERY = 60_000;

/** How often expired logins and sessions are swept out, in ms. */
const SWEEP_EVERY = 60_000;

export interface RunningServer {
  readonly port: number;
  readonly services: Services;
  /** Its Express application: what is asked which routes there are. */
  readonly app: Express;
  /** Says that it is leaving, serves on for as long as the settings say, lets requests finish, closes the store. */
  close(): Promise<void>;
}

/** Starts the product and resolves when it listens. Throws what listening throws (a taken port). */
export async function startServer(settings: Settings, world: World): Promise<RunningServer> {
  const { app, listener, services, readiness } = await composeApp(settings, world);
  const server = createServer(listener);
  try {
    await listen(server, settings.port);
  } catch (error) {
    await services.close();
    throw error;
  }
  services.feed.wake();
  services.forwards.start(LOOK_EVERY);
  services.pulls.start(LOOK_EVERY);
  services.rosterSchedule.start(ROSTERS_EVERY);
  services.grades.start(GRADES_EVERY);
  const sweep = setInterval(() => {
    services.storage.launches
      .sweep(world.clock())
      .catch((error: unknown) => world.log.error({ err: error }, 'expired sessions could not be swept out'));
  }, SWEEP_EVERY);
  sweep.unref();
  const { port } = server.address() as AddressInfo;
  return {
    port,
    services,
    app,
    close: async () => {
      clearInterval(sweep);
      readiness.leave();
      if (settings.drain > 0) await pause(settings.drain);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
      await services.close();
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
