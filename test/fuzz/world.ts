import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { openEmbedded } from '../../src/storage/embedded/open-embedded.ts';
import type { KeyScope } from '../../src/storage/ports/key-store.ts';
import { type KeyTerms, newAccessKey } from '../../xapi/credentials.ts';
import { createKeyRing, type SigningKey } from '../platform/key-ring.ts';
import { freePort } from '../support/free-port.ts';
import { type Corpus, loadCorpus } from './corpus.ts';

/** What the trials find when they begin. */
export interface World {
  readonly corpus: Corpus;
  /** Basic credentials by what their keys may do. */
  readonly keys: Readonly<Record<KeyName, string>>;
  readonly platform: Platform;
  /** Ids of statements that were kept lately, for what refers to them; the oldest make room. */
  readonly known: string[];
  close(): Promise<void>;
}

export type KeyName = 'main' | 'lenient' | 'bound' | 'reader' | 'limited';

/** A learning platform that is registered, with its keys served on this machine. */
export interface Platform {
  readonly issuer: string;
  readonly clientId: string;
  readonly deployment: string;
  readonly course: string;
  readonly key: SigningKey;
}

/** The learner of the key that is bound to one. */
export const BOUND = { mbox: 'mailto:learner@example.org' };

const TERMS: Readonly<
  Record<KeyName, { readonly scopes: readonly KeyScope[]; readonly terms?: Partial<KeyTerms> }>
> = {
  main: { scopes: ['all', 'cohorts'] },
  lenient: { scopes: ['statements/write', 'statements/read/mine', 'state'], terms: { onInvalid: 'skip' } },
  bound: {
    scopes: ['statements/write', 'statements/read/mine', 'state', 'profile'],
    terms: { boundTo: { actor: `mbox|${BOUND.mbox}`, registration: null } },
  },
  reader: { scopes: ['all/read'] },
  limited: { scopes: ['all'], terms: { limits: { requestsPerMinute: 600, statementsPerMinute: 60 } } },
};

/** Fills a new store in a folder with keys and a platform, and serves the platform's public keys until it is closed. */
export async function prepareWorld(folder: string, seed: number): Promise<World> {
  const ring = await createKeyRing();
  const jwks = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(ring.jwks()));
  });
  const port = await freePort();
  await new Promise<void>((resolve) => jwks.listen(port, 'localhost', resolve));
  const issuer = `http://localhost:${port}`;
  const platform = { issuer, clientId: 'fuzz', deployment: '1', course: '7', key: ring.current() };
  const storage = openEmbedded({ folder, mode: 'inline' });
  const newKey = async (name: KeyName): Promise<string> => {
    const given = { org: 'default', name, at: Date.now(), ...TERMS[name] };
    const { accessKey, secret } = newAccessKey(given, randomBytes);
    await storage.keys.insert(accessKey);
    return `Basic ${Buffer.from(`${accessKey.key}:${secret}`).toString('base64')}`;
  };
  const keys = {
    main: await newKey('main'),
    lenient: await newKey('lenient'),
    bound: await newKey('bound'),
    reader: await newKey('reader'),
    limited: await newKey('limited'),
  };
  await storage.registrations.save({
    id: 'fuzz',
    org: 'default',
    name: 'Campus',
    issuer,
    clientId: platform.clientId,
    authUrl: `${issuer}/auth?own=1`,
    tokenUrl: `${issuer}/token`,
    jwksUrl: `${issuer}/jwks`,
    deployments: [platform.deployment],
    status: 'active',
    actorFormat: { homePage: issuer, name: 'sub' },
    frameOrigins: [],
    createdAt: 0,
  });
  await storage.close();
  return {
    corpus: loadCorpus(seed),
    keys,
    platform,
    known: ['1f0b3a52-6f0d-4a50-9e1c-2f3b5f1f9b11'],
    close: async () => {
      jwks.closeAllConnections();
      await new Promise((resolve) => jwks.close(resolve));
    },
  };
}
