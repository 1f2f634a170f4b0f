import { type Request, type RequestHandler, type Response, Router, urlencoded } from 'express';
import { z } from 'zod';
import type { LtiDeps } from '../deps.ts';
import { browserLocale } from '../locale.ts';
import { protectPage } from '../page-headers.ts';
import { fromOurPage } from '../same-origin.ts';
import { hashOfCode } from './code.ts';
import { type RegistrationFault, registrationFault, statusOfFault } from './faults.ts';
import { canvasJsonHandler, manualHandler } from './manual.ts';
import type { AskedView, RegisterPageView } from './pages.ts';
import { type PlatformConfiguration, readConfiguration } from './platform-configuration.ts';
import { registerWith } from './register-with.ts';
import { type TakenIn, takeIn } from './take-in.ts';
import { requestTo } from './tool-registration.ts';
import { toolAddresses } from './tool-values.ts';

const asked = z.object({
  openid_configuration: z.string().min(1).max(4_096),
  // What goes into a header: no control character, no space (RFC 6750 §2.1).
  registration_token: z
    .string()
    .max(16_384)
    .regex(/^[\x21-\x7e]*$/)
    .default(''),
});
const answered = asked.extend({ code: z.string().max(200).default('') });

type Asked = z.output<typeof asked>;

/** Requests that make us call other hosts, at one time: strangers can make them. */
const mostAtOnce = 10;

const tokenOf = ({ registration_token }: Asked): string | null =>
  registration_token === '' ? null : registration_token;

/** What is asked of a platform, for people. */
function askedOf(platform: PlatformConfiguration): AskedView {
  const { scopes, claims, messages } = requestTo(platform);
  return {
    roster: scopes.some((scope) => scope.includes('lti-nrps')),
    grades: scopes.some((scope) => scope.includes('lti-ags')),
    names: claims.includes('name'),
    email: claims.includes('email'),
    messages: messages.map(({ type }) => type),
    placements: [...new Set(messages.flatMap(({ placements }) => placements))],
  };
}

/** The windows around ours: the platform's own, under whichever of its hosts. */
function closeTargets(platform: PlatformConfiguration): readonly string[] {
  const { issuer, registrationUrl, authUrl } = platform;
  return [...new Set([issuer, registrationUrl, authUrl].map((url) => new URL(url).origin))];
}

/**
 * Dynamic registration (LTI Dynamic Registration 1.0 §3): GET /register shows what would be done, POST /register does
 * it. Also the logo's and the manual set-up's routes beside it.
 */
export function registrationRoutes(deps: LtiDeps): Router {
  const { pages, publicUrl, log } = deps;
  const { register: action, manual } = toolAddresses(publicUrl);
  const localeOf = (request: Request) => browserLocale(request.headers['accept-language']);

  function stop(request: Request, response: Response, fault: RegistrationFault): void {
    const reference = deps.random(5).toString('hex').toUpperCase();
    const { reason, detail, platformSays } = fault;
    log.warn({ reference, reason, detail }, 'registration refused');
    protectPage(response, null);
    response
      .status(statusOfFault(reason))
      .type('html')
      .send(
        pages.registrationFaultPage({
          locale: localeOf(request),
          reason,
          platformSays,
          reference,
          manualUrl: manual,
        }),
      );
  }

  function sendForm(
    request: Request,
    response: Response,
    about: { readonly platform: PlatformConfiguration; readonly asked: Asked },
    codeProblem: RegisterPageView['codeProblem'],
  ): void {
    const { name, issuer, product } = about.platform;
    // Any frame may show it: it acts for the platform whose token it holds, and for nobody else.
    protectPage(response, null);
    response
      .status(codeProblem === null ? 200 : 422)
      .type('html')
      .send(
        pages.registerPage({
          locale: localeOf(request),
          action,
          platform: { name, issuer, product },
          asked: askedOf(about.platform),
          openidConfiguration: about.asked.openid_configuration,
          registrationToken: about.asked.registration_token,
          codeProblem,
        }),
      );
  }

  function sendDone(
    request: Request,
    response: Response,
    platform: PlatformConfiguration,
    { outcome, registration }: TakenIn,
  ): void {
    const { id, org, issuer, deployments } = registration;
    log.info({ registration: id, org, issuer, outcome }, 'registration');
    const first = registration.firstDeploymentUntil === undefined ? 'to-approve' : 'first-launch';
    protectPage(response, null);
    response.type('html').send(
      pages.registeredPage({
        locale: localeOf(request),
        outcome,
        platformName: platform.name,
        registrationId: id,
        deployment: deployments.length > 0 ? null : first,
        closeTargets: closeTargets(platform),
      }),
    );
  }

  const read = (given: Asked) =>
    readConfiguration(deps, { url: given.openid_configuration, token: tokenOf(given) });

  const show: RequestHandler = async (request, response) => {
    const parsed = asked.safeParse(request.query);
    if (!parsed.success) return stop(request, response, registrationFault('request-incomplete'));
    const found = await read(parsed.data);
    if (found.kind === 'fault') return stop(request, response, found);
    sendForm(request, response, { platform: found.configuration, asked: parsed.data }, null);
  };

  const perform: RequestHandler = async (request, response) => {
    if (!fromOurPage(request, publicUrl)) return stop(request, response, registrationFault('origin-foreign'));
    const parsed = answered.safeParse(request.body);
    if (!parsed.success) return stop(request, response, registrationFault('request-incomplete'));
    // Read anew: what the form says is what a browser says.
    const found = await read(parsed.data);
    if (found.kind === 'fault') return stop(request, response, found);
    const platform = found.configuration;
    const codeHash = parsed.data.code.trim() === '' ? null : hashOfCode(parsed.data.code);
    // Before anything is sent: a slip of the pen must not use up the platform's token.
    const problem = codeHash === null ? null : await codeProblem(codeHash);
    if (problem !== null) return sendForm(request, response, { platform, asked: parsed.data }, problem);
    const client = await registerWith(deps, {
      platform,
      token: tokenOf(parsed.data),
      publicUrl,
      locale: localeOf(request),
    });
    if (client.kind === 'fault') return stop(request, response, client);
    sendDone(request, response, platform, await takeIn(deps, { platform, client, codeHash }));
  };

  async function codeProblem(hash: string): Promise<RegisterPageView['codeProblem']> {
    const invitation = await deps.invitations.find(hash);
    if (invitation === null) return 'unknown';
    if (invitation.usedAt !== null) return 'used';
    return invitation.expiresAt <= deps.clock() ? 'expired' : null;
  }

  let underWay = 0;
  const bounded =
    (handler: RequestHandler): RequestHandler =>
    async (request, response, next) => {
      if (underWay >= mostAtOnce) return stop(request, response, registrationFault('busy'));
      underWay += 1;
      try {
        await handler(request, response, next);
      } finally {
        underWay -= 1;
      }
    };

  const router = Router();
  const form = urlencoded({ extended: false, limit: '64kb' });
  router.route('/register').get(bounded(show)).post(form, bounded(perform));
  router.get('/manual', manualHandler(deps));
  router.get('/canvas.json', canvasJsonHandler(deps));
  return router;
}
