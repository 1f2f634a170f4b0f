import { type RequestHandler, Router } from 'express';
import { AssiduError } from '../src/base/errors.ts';
import type { Authenticator } from './credentials.ts';
import { about } from './resources/about.ts';
import { identify } from './resources/request.ts';
import { type StatementResourceDeps, statementResource } from './resources/statements.ts';

export interface LrsDeps extends StatementResourceDeps {
  readonly authenticator: Authenticator;
  /** homePage of the authorities this LRS names: its public URL. */
  readonly authorityHome: string;
}

/** Resources of the standard that are laid out here and come with the complete LRS. */
const LATER = ['/activities', '/activities/state', '/activities/profile', '/agents', '/agents/profile'];

/** The Learning Record Store, to be mounted at /xapi. Errors go to the application's one error handler. */
export function createLrs(deps: LrsDeps): Router {
  const router = Router();
  const notYet: RequestHandler = (request) => {
    throw new AssiduError('unsupported', `${request.baseUrl}${request.path} is not served by this version`);
  };
  router.route('/about').get(about);
  router.use(identify(deps.authenticator, deps.authorityHome));
  router.use('/statements', statementResource(deps));
  router.all(LATER, notYet);
  return router;
}
