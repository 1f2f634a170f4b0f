import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { createLti, type Lti } from '../../lti/create-lti.ts';
import { launchOf } from '../../lti/guard.ts';
import { createOutgoing, OUTGOING_LIMITS, type Resolve, systemResolve } from '../../src/base/outgoing.ts';
import { openEmbedded } from '../../src/storage/embedded/open-embedded.ts';
import type { Storage } from '../../src/storage/ports/index.ts';
import type { Launch } from '../../src/storage/ports/launch-store.ts';
import type { Registration } from '../../src/storage/ports/registration-store.ts';
import { ltiPages } from '../../src/web/lti/lti-pages.ts';
import type { DemoLms } from '../platform/demo-lms.ts';
import { seedToolKey } from '../support/seed-tool-key.ts';

export interface LogEntry {
  readonly level: 'info' | 'warn' | 'error';
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** The LTI routes and a guarded page, served on this machine over an embedded store. */
export interface TestTool {
  readonly origin: string;
  readonly lti: Lti;
  readonly storage: Storage;
  readonly folder: string;
  readonly logged: LogEntry[];
  readonly launches: Launch[];
  /** How often the page's form was accepted. */
  saved(): number;
  close(): Promise<void>;
}

export interface TestToolOptions {
  readonly publicUrl?: string;
  readonly clock?: () => number;
  /** Whether strangers' addresses may be on this machine; true when absent. */
  readonly allowPrivate?: boolean;
  readonly resolve?: Resolve;
  /** Another tool's store. */
  readonly storage?: Storage;
  /** Another tool's data, opened once more: two instances over one database. */
  readonly folder?: string;
}

export const testSecret = 'a secret for tests of 32 letters, or more';

/** Starts the tool. Its page is /app/:launch/; a POST there answers 200 when it was protected and accepted. */
export async function startTool(options: TestToolOptions = {}): Promise<TestTool> {
  const clock = options.clock ?? Date.now;
  const allowPrivate = options.allowPrivate ?? true;
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'assidu-lti-'));
  const storage = options.storage ?? openEmbedded({ folder, mode: 'inline', clock });
  if (options.storage === undefined && options.folder === undefined)
    await seedToolKey(storage.toolKeys, testSecret);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const origin = `http://localhost:${address.port}`;
  const logged: LogEntry[] = [];
  const launches: Launch[] = [];
  let saved = 0;
  const line =
    (level: LogEntry['level']) =>
    (fields: Readonly<Record<string, unknown>>, message: string): void => {
      logged.push({ level, fields, message });
    };
  const lti = await createLti({
    ...storage,
    publicUrl: options.publicUrl ?? origin,
    secret: testSecret,
    clock,
    random: randomBytes,
    fetch,
    outgoing: createOutgoing({
      resolve: options.resolve ?? systemResolve,
      rules: { ...OUTGOING_LIMITS, allowPrivate },
    }),
    allowPrivate,
    log: { info: line('info'), warn: line('warn'), error: line('error') },
    pages: ltiPages,
    onLaunch: async (launch) => {
      launches.push(launch);
      return { location: `/app/${launch.id}/` };
    },
  });
  const app = express();
  app.use('/lti', lti.router);
  const guarded = express.Router();
  guarded.get('/', (_request, response) => {
    const { launch, csrfToken } = launchOf(response);
    response.json({ launch, csrfToken });
  });
  guarded.post('/', (_request, response) => {
    saved += 1;
    response.json({ saved });
  });
  guarded.get('/leave', (request, response) => {
    response.redirect(303, String(request.query.to));
  });
  guarded.post('/end', async (request, response) => {
    await lti.session.endSession(request, response);
    response.json({ ended: true });
  });
  const { requireLaunch, framing, protectForms } = lti.session;
  app.use('/app/:launch', requireLaunch, framing, protectForms, guarded);
  server.on('request', app);
  return {
    origin,
    lti,
    storage,
    folder,
    logged,
    launches,
    saved: () => saved,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      if (options.storage === undefined) await storage.close();
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A registration of a demo LMS, active, with its deployment approved. */
export function registrationOf(lms: DemoLms, changes: Partial<Registration> = {}): Registration {
  return {
    id: 'registration-1',
    org: 'default',
    name: 'Campus',
    issuer: lms.issuer,
    clientId: '0dbbxfQNuARSwJP',
    authUrl: lms.authUrl,
    tokenUrl: lms.tokenUrl,
    jwksUrl: lms.jwksUrl,
    deployments: ['1'],
    status: 'active',
    actorFormat: { homePage: lms.url, name: 'sub' },
    frameOrigins: [],
    createdAt: 0,
    ...changes,
  };
}
