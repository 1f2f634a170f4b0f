import { Router } from 'express';
import type { ProfileStore } from '../src/storage/ports/profile-store.ts';
import type { Authenticator } from './credentials.ts';
import { about } from './resources/about.ts';
import { activitiesResource } from './resources/activities.ts';
import { activityProfileResource } from './resources/activity-profile.ts';
import { agentProfileResource } from './resources/agent-profile.ts';
import { agentsResource } from './resources/agents.ts';
import { alternateRequests } from './resources/alternate-request.ts';
import { createConsistency, THROUGH_HEADER } from './resources/consistent-through.ts';
import { crossOrigin } from './resources/cors.ts';
import type { DocumentResourceDeps } from './resources/document-resource.ts';
import { createIdentify, DEFAULT_VERSION, VERSION_HEADER } from './resources/identify.ts';
import { createQuickPost, type QuickPost } from './resources/quick-post.ts';
import { identified } from './resources/request.ts';
import { stateResource } from './resources/state.ts';
import { type StatementResourceDeps, statementResource } from './resources/statements.ts';

export interface LrsDeps extends Omit<StatementResourceDeps, 'consistency'>, DocumentResourceDeps {
  readonly authenticator: Authenticator;
  readonly profiles: ProfileStore;
  /** homePage of the authorities this LRS names: its public URL. */
  readonly authorityHome: string;
}

export interface Lrs {
  /** To be mounted at /xapi. Errors go to the application's one error handler. */
  readonly router: Router;
  /** The quick door for its most frequent request. */
  readonly quickPost: QuickPost;
}

/** The Learning Record Store. */
export function createLrs(deps: LrsDeps): Lrs {
  const router = Router();
  const consistency = createConsistency(deps.statements, deps.clock);
  const identify = createIdentify(deps.authenticator, deps.authorityHome);
  // Every answer names a version, also where none was asked for (1.0.3 Communication 3.3).
  router.use((_request, response, next) => {
    response.set(VERSION_HEADER, DEFAULT_VERSION);
    next();
  });
  router.use(crossOrigin);
  // All answers say so, refusals included; those that return statements then say what holds for them.
  router.use('/statements', async (_request, response, next) => {
    const through = await consistency.lately();
    if (through !== null) response.set(THROUGH_HEADER, through);
    next();
  });
  router.use(alternateRequests(deps.maxBody));
  router.route('/about').get(about);
  router.use(identified(identify));
  router.use('/statements', statementResource({ ...deps, consistency }));
  router.use('/activities/state', stateResource(deps));
  router.use('/activities/profile', activityProfileResource(deps));
  router.use('/activities', activitiesResource(deps.profiles));
  router.use('/agents/profile', agentProfileResource(deps));
  router.use('/agents', agentsResource(deps.profiles));
  const quickPost = createQuickPost({ ...deps, consistency, identify });
  return { router, quickPost };
}
