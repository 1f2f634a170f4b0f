import { Router, urlencoded } from 'express';
import { createSeal } from '../src/base/seal.ts';
import { createDeepLinking, type DeepLinking } from './deep-linking.ts';
import type { LtiDeps } from './deps.ts';
import { createGuard, type LtiSession } from './guard.ts';
import { createHeldLaunches } from './held-launch.ts';
import { createJwksCache } from './jwks-cache.ts';
import { launchHandler } from './launch.ts';
import { loginHandler } from './login.ts';
import { createLtijsDatabase } from './ltijs-database.ts';
import { proofHandler } from './proof.ts';
import { createProvider, keysetRoute, type LtiProvider } from './provider.ts';
import { failureOf } from './refuse.ts';
import { reviewRoutes } from './registration/review.ts';
import { registrationRoutes } from './registration/routes.ts';
import { deriveLtiKeys } from './secrets.ts';
import { createToolKeys, type ToolKeys } from './tool-keys.ts';

export interface Lti {
  /** To be mounted at /lti. */
  readonly router: Router;
  /** For /app/:launch/*. */
  readonly session: LtiSession;
  /** ltijs' services, over our registrations and keys. */
  readonly provider: LtiProvider;
  readonly toolKeys: ToolKeys;
  readonly deepLinking: DeepLinking;
}

/** Everything that speaks to a learning platform. Throws `settings` when the master secret is too short. */
export async function createLti(deps: LtiDeps): Promise<Lti> {
  const derived = deriveLtiKeys(deps.secret);
  const sealWith = (key: Buffer) => createSeal(key, deps.random);
  const toolKeys = createToolKeys({
    store: deps.toolKeys,
    seal: sealWith(derived.toolKeys),
    clock: deps.clock,
  });
  await toolKeys.ensure();
  // Better not to start than to fail at every call of a platform.
  await toolKeys.check();
  const database = createLtijsDatabase({
    registrations: deps.registrations,
    toolKeys,
    records: deps.ltijsRecords,
    seal: sealWith(derived.ltijsRecords),
    clock: deps.clock,
  });
  const provider = await createProvider(derived.ltijs, database);
  const parts = {
    deps,
    keys: createJwksCache(deps),
    held: createHeldLaunches(sealWith(derived.heldLaunches), deps.clock),
  };

  const router = Router();
  const form = urlencoded({ extended: false, limit: '128kb' });
  router.route('/login').get(loginHandler(deps)).post(form, loginHandler(deps));
  router.route('/launch').get(launchHandler(parts)).post(form, launchHandler(parts));
  router.post('/launch/proof', form, proofHandler(parts));
  router.get(keysetRoute, (request, response) => provider.serveKeys(request, response));
  router.use(registrationRoutes(deps));
  router.use(reviewRoutes(deps, sealWith(derived.reviews)));
  router.use(failureOf(deps));
  const { publicUrl, clock, random } = deps;
  const deepLinking = createDeepLinking({ toolKeys, publicUrl, clock, random });
  return { router, session: createGuard(deps, derived.forms), provider, toolKeys, deepLinking };
}
