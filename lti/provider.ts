import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LtijsDatabase, LtijsProvider } from 'ltijs';

export type { LtijsDatabase, LtijsIdToken, LtijsPlatform } from 'ltijs';

/** ltijs, set up over our stores. Its services serve grades, rosters and deep links; its launches are never reached. */
export interface LtiProvider {
  readonly grade: LtijsProvider['Grade'];
  readonly namesAndRoles: LtijsProvider['NamesAndRoles'];
  readonly deepLinking: LtijsProvider['DeepLinking'];
  platform(issuer: string, clientId: string): ReturnType<LtijsProvider['getPlatform']>;
  /** Answers a request for `keysetRoute`; hand it no other. */
  serveKeys(request: IncomingMessage, response: ServerResponse): void;
}

/** Where the wrapped application serves the JWKS, relative to its mount. */
export const keysetRoute = '/jwks';

/**
 * Wraps ltijs. The package exports one instance; its class is reached through it, so that two applications in
 * one process do not share state.
 */
export async function createProvider(encryptionKey: string, plugin: LtijsDatabase): Promise<LtiProvider> {
  // Loaded here, not with the module: it takes seconds, and commands that serve nothing do without.
  const { default: ltijs } = await import('ltijs');
  const provider: LtijsProvider = Reflect.construct(ltijs.Provider.constructor, []);
  provider.setup(
    encryptionKey,
    { plugin },
    {
      keysetRoute,
      ltiaas: true,
      cors: false,
      devMode: false,
      cookies: { secure: true, sameSite: 'None' },
    },
  );
  const before = new Set(process.listeners('SIGINT'));
  // It would call process.exit when the database's setup fails: ours cannot.
  await provider.deploy({ serverless: true, silent: true });
  // Its SIGINT hook ends the process before our own shutdown has finished.
  for (const listener of process.listeners('SIGINT'))
    if (!before.has(listener)) process.removeListener('SIGINT', listener);

  return {
    grade: provider.Grade,
    namesAndRoles: provider.NamesAndRoles,
    deepLinking: provider.DeepLinking,
    platform: (issuer, clientId) => provider.getPlatform(issuer, clientId),
    serveKeys: (request, response) => provider.app(request, response),
  };
}
