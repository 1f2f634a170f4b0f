import { type Request, type RequestHandler, type Response, Router, urlencoded } from 'express';
import { z } from 'zod';
import type { Seal } from '../../src/base/seal.ts';
import { NO_ORGANISATION, type Registration } from '../../src/storage/ports/registration-store.ts';
import type { LtiDeps } from '../deps.ts';
import { browserLocale } from '../locale.ts';
import { protectAlone } from '../page-headers.ts';
import type { PageLocale } from '../pages.ts';
import { fromOurPage } from '../same-origin.ts';
import { approveRegistration } from './approve.ts';
import { hashOfReviewCode } from './code.ts';
import type { PendingView, ReviewNotice } from './pages.ts';
import { toolAddresses } from './tool-values.ts';

/** How long a review lasts once its code was entered. */
const REVIEW_MS = 30 * 60_000;
const CONTEXT = 'review';

const entry = z.object({ code: z.string().max(200) });
const decision = z.object({
  review: z.string().min(1).max(2_048),
  id: z.string().min(1).max(100),
  decision: z.enum(['approve', 'refuse', 'deployment']),
  deployment: z.string().min(1).max(255).optional(),
});
const held = z.object({ org: z.string(), code: z.string(), until: z.number() });

type Review = z.output<typeof held>;

/**
 * The page on which an administrator approves platforms that registered themselves. A one-time code of the command
 * line (`assidu platform review`) opens it for half an hour, for one organisation; it travels in forms alone, sealed
 * once it was used, so that no address and no cookie is worth anything.
 */
export function reviewRoutes(deps: LtiDeps, seal: Seal): Router {
  const { registrations, invitations, clock, log, pages, publicUrl } = deps;
  const { review: action } = toolAddresses(publicUrl);

  const sendEntry = (
    request: Request,
    response: Response,
    problem: 'unknown' | 'used' | 'expired' | 'ended' | 'foreign' | null,
  ): void => {
    protectAlone(response);
    response
      .status(problem === null ? 200 : problem === 'foreign' ? 403 : 422)
      .type('html')
      .send(pages.reviewEntryPage({ locale: localeOf(request), action, problem }));
  };

  const sendList = async (
    request: Request,
    response: Response,
    review: Review,
    notice: ReviewNotice | null,
  ) => {
    const { org } = review;
    const [pending, own, waiting] = await Promise.all([
      registrations.list(NO_ORGANISATION),
      registrations.list(org),
      registrations.waiting(),
    ]);
    const deployments = waiting.flatMap(({ registrationId, deployment, seenAt }) => {
      const platform = own.find(({ id, status }) => id === registrationId && status === 'active');
      return platform === undefined
        ? []
        : [{ id: registrationId, platformName: platform.name, issuer: platform.issuer, deployment, seenAt }];
    });
    protectAlone(response);
    response
      .status(notice?.kind === 'gone' ? 409 : 200)
      .type('html')
      .send(
        pages.reviewPage({
          locale: localeOf(request),
          action: `${action}/decisions`,
          org,
          review: seal.seal(JSON.stringify(review), CONTEXT),
          until: review.until,
          pending: pending.map(pendingView),
          deployments,
          notice,
        }),
      );
  };

  const enter: RequestHandler = async (request, response) => {
    if (!fromOurPage(request, publicUrl)) return sendEntry(request, response, 'foreign');
    const parsed = entry.safeParse(request.body);
    if (!parsed.success) return sendEntry(request, response, 'unknown');
    const hash = hashOfReviewCode(parsed.data.code);
    const used = await invitations.use(hash, 'review', clock());
    if (typeof used === 'string') return sendEntry(request, response, used);
    log.info({ org: used.org }, 'review of platforms begun');
    const review = { org: used.org, code: hash, until: clock() + REVIEW_MS };
    await sendList(request, response, review, null);
  };

  const decide: RequestHandler = async (request, response) => {
    if (!fromOurPage(request, publicUrl)) return sendEntry(request, response, 'foreign');
    const parsed = decision.safeParse(request.body);
    const opened = parsed.success ? seal.open(parsed.data.review, CONTEXT) : null;
    const review = opened === null ? null : held.parse(JSON.parse(opened));
    if (!parsed.success || review === null || review.until <= clock())
      return sendEntry(request, response, 'ended');
    const { id, decision: what, deployment } = parsed.data;
    const notice = await perform(review.org, id, what, deployment);
    log.info({ org: review.org, registration: id, decision: what, outcome: notice.kind }, 'review');
    await sendList(request, response, review, notice);
  };

  /** Only what the list shows may be decided on: pending platforms, and deployments of the organisation's own. */
  async function perform(
    org: string,
    id: string,
    what: z.output<typeof decision>['decision'],
    deployment: string | undefined,
  ): Promise<ReviewNotice> {
    const found = await registrations.byId(id);
    const gone: ReviewNotice = { kind: 'gone', platformName: found?.org === org ? found.name : '' };
    if (what === 'deployment') {
      if (found === null || found.org !== org || deployment === undefined) return gone;
      const waits = (await registrations.waiting()).some(
        (each) => each.registrationId === id && each.deployment === deployment,
      );
      if (!waits) return gone;
      await registrations.approveDeployment(id, deployment);
      return { kind: 'deployment', platformName: found.name };
    }
    if (found === null || found.org !== NO_ORGANISATION) return gone;
    if (what === 'refuse')
      return (await registrations.remove(NO_ORGANISATION, id))
        ? { kind: 'refused', platformName: found.name }
        : gone;
    const approval = await approveRegistration(registrations, { id, org, deployments: [] });
    return approval.kind === 'approved' ? { kind: 'approved', platformName: found.name } : gone;
  }

  const router = Router();
  const form = urlencoded({ extended: false, limit: '16kb' });
  router
    .route('/review')
    .get((request, response) => sendEntry(request, response, null))
    .post(form, enter);
  router.post('/review/decisions', form, decide);
  return router;
}

function localeOf(request: Request): PageLocale {
  return browserLocale(request.headers['accept-language']);
}

const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : url);

function pendingView(registration: Registration): PendingView {
  const { id, name, issuer, clientId, asked, deployments, createdAt } = registration;
  const { authUrl, tokenUrl, jwksUrl, frameOrigins } = registration;
  return {
    id,
    name,
    issuer,
    clientId,
    product: asked?.product ?? null,
    deployments,
    asked:
      asked === undefined
        ? null
        : {
            roster: asked.scopes.some((scope) => scope.includes('lti-nrps')),
            grades: asked.scopes.some((scope) => scope.includes('lti-ags')),
            names: asked.claims.includes('name'),
            email: asked.claims.includes('email'),
          },
    scopes: asked?.scopes ?? [],
    signsIn: originOf(authUrl),
    tokens: originOf(tokenUrl),
    keys: originOf(jwksUrl),
    frames: [...new Set([issuer, authUrl, ...frameOrigins].map(originOf))],
    createdAt,
  };
}
