import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import express from 'express';
import { claimsOf } from './authorize.ts';
import { deepLinkRoutes } from './deep-links.ts';
import type { DemoLms, DemoLmsOptions, IdTokenRequest } from './demo-types.ts';
import { createKeyRing, type SigningKey } from './key-ring.ts';
import { lmsProfiles } from './lms-profile.ts';
import { findCourse, findUser, type LmsState, type PendingLaunch } from './lms-state.ts';
import { pageRoutes } from './page-routes.ts';
import { activated, registrationUrl } from './registration.ts';
import { registrationRoutes } from './registration-routes.ts';
import { serviceRoutes } from './service-routes.ts';
import { overlay, signToken } from './sign-token.ts';

export type * from './demo-types.ts';

const assets = fileURLToPath(new URL('./assets', import.meta.url));
const contentSecurity =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; frame-src *; base-uri 'none'";

function expressApp(state: LmsState): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.use((_req, res, next) => {
    res.set('Content-Security-Policy', contentSecurity);
    next();
  });
  app.use('/assets', express.static(assets));
  app.get('/favicon.ico', (_req, res) => {
    res.status(204).end();
  });
  app.use(express.urlencoded({ extended: false }));
  app.use(registrationRoutes(state));
  app.use(deepLinkRoutes(state));
  app.use(pageRoutes(state));
  app.use(serviceRoutes(state));
  return app;
}

function requestedLaunch(state: LmsState, request: IdTokenRequest): PendingLaunch {
  const user = findUser(state, request.user);
  const course = findCourse(state, request.course);
  const tool = state.tools.get(request.clientId);
  if (user === undefined || course === undefined || tool === undefined)
    throw new Error(`unknown user ${request.user}, course ${request.course} or client ${request.clientId}`);
  const messageType = request.messageType ?? 'LtiResourceLinkRequest';
  const link =
    request.link === undefined ? course.links[0] : course.links.find(({ id }) => id === request.link);
  return {
    session: { id: '', user, sesskey: 'demo' },
    course,
    link: messageType === 'LtiDeepLinkingRequest' ? undefined : link,
    tool,
    messageType,
  };
}

async function requestedKey(state: LmsState, request: IdTokenRequest): Promise<SigningKey> {
  switch (request.key) {
    case 'other':
      // Under the published kid: the signature is wrong, not the key unknown (set `header.kid` for that).
      return { ...(await state.keys.other()), kid: state.keys.current().kid };
    case 'encryption':
      return state.keys.encryption();
    default:
      return state.keys.current();
  }
}

async function idToken(state: LmsState, request: IdTokenRequest): Promise<string> {
  const claims = claimsOf(state, requestedLaunch(state, request), request.nonce);
  const alg = request.alg ?? (request.key === 'hs256-public' ? 'HS256' : 'RS256');
  return signToken(overlay(claims, request.overrides), await requestedKey(state, request), {
    alg,
    ...(request.header === undefined ? {} : { header: request.header }),
  });
}

/** Starts a small LTI 1.3 platform on this machine and gives what a tool needs to know of it. */
export async function startDemoLms(options: DemoLmsOptions): Promise<DemoLms> {
  const profile = lmsProfiles[options.profile];
  const keys = await createKeyRing();
  const host = options.host ?? 'localhost';
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the demo LMS has no port');
  const url = `http://${host}:${address.port}`;
  const state: LmsState = {
    options,
    profile,
    url,
    issuer: options.issuer ?? url,
    clock: options.clock ?? (() => new Date()),
    keys,
    secret: randomBytes(32),
    tools: new Map(),
    toolKeys: new Map(),
    sessions: new Map(),
    launches: new Map(),
    accessTokens: new Map(),
    registered: new Map(),
    usedTokens: new Set(),
    placed: [],
    faults: [],
    requests: [],
    lineItems: new Map(),
  };
  server.on('request', expressApp(state));
  return {
    issuer: state.issuer,
    url,
    authUrl: url + profile.authPath,
    tokenUrl: url + profile.tokenPath,
    jwksUrl: url + profile.jwksPath,
    registerTool: (tool) => {
      state.tools.set(tool.clientId, tool);
      state.toolKeys.delete(tool.clientId);
    },
    registrationUrl: (toolUrl, update) => registrationUrl(state, toolUrl, update),
    registrations: () =>
      Object.fromEntries([...state.registered].map(([clientId, { body }]) => [clientId, body])),
    activate: (clientId, deployment) => {
      const tool = state.registered.get(clientId);
      const deploymentId = tool?.deploymentId ?? deployment;
      if (tool === undefined || deploymentId === undefined)
        throw new Error(`no tool ${clientId} to activate`);
      state.tools.set(clientId, activated(tool, deploymentId));
      return deploymentId;
    },
    rotateKeys: keys.rotate,
    idToken: (request) => idToken(state, request),
    fail: (...faults) => state.faults.push(...faults),
    heal: () => {
      state.faults.length = 0;
    },
    requests: state.requests,
    placed: state.placed,
    lineItems: state.lineItems,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}
