import { type Request, type Response, Router } from 'express';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { z } from 'zod';
import type { DemoCourse, DemoLink } from './demo-types.ts';
import { numberOfLink } from './line-items.ts';
import { findCourse, type LmsState } from './lms-state.ts';
import { messagePage } from './pages.tsx';
import { textMembers } from './request-text.ts';
import { currentSession } from './session-cookie.ts';
import { wordsFor } from './words.ts';

const LTI = 'https://purl.imsglobal.org/spec/lti/claim';
const DL = 'https://purl.imsglobal.org/spec/lti-dl/claim';

const answerSchema = z.object({
  nonce: z.string().min(1),
  [`${LTI}/deployment_id`]: z.string(),
  [`${LTI}/message_type`]: z.literal('LtiDeepLinkingResponse'),
  [`${LTI}/version`]: z.literal('1.3.0'),
  [`${DL}/content_items`]: z.array(
    z.looseObject({
      type: z.string(),
      title: z.string().optional(),
      url: z.url().optional(),
      custom: z.record(z.string(), z.string()).optional(),
      lineItem: z
        .looseObject({
          label: z.string().optional(),
          scoreMaximum: z.number().positive(),
          resourceId: z.string().optional(),
          tag: z.string().optional(),
        })
        .optional(),
    }),
  ),
  [`${DL}/data`]: z.string().optional(),
});

/** A content item as a tool sent it, and the course it is for, where it became a link. */
export interface PlacedItem {
  readonly course: string;
  readonly link: DemoLink;
  readonly item: Readonly<Record<string, unknown>>;
}

/** The links of an answer to a deep linking request, verified. Throws when a platform would refuse it. */
async function placedLinks(state: LmsState, jwt: string) {
  const clientId = decodeJwt(jwt).iss ?? '';
  const tool = state.tools.get(clientId);
  if (tool?.toolJwksUrl === undefined) throw new Error('unknown tool');
  const keys = createRemoteJWKSet(new URL(tool.toolJwksUrl), { cooldownDuration: 0 });
  const { payload } = await jwtVerify(jwt, keys, {
    issuer: clientId,
    audience: state.issuer,
    requiredClaims: ['iat', 'exp'],
    currentDate: state.clock(),
  });
  const answer = answerSchema.parse(payload);
  if (answer[`${LTI}/deployment_id`] !== tool.deploymentId) throw new Error('another deployment');
  if (state.usedTokens.has(answer.nonce)) throw new Error('a nonce used before');
  state.usedTokens.add(answer.nonce);
  const links = answer[`${DL}/content_items`].filter(({ type }) => type === 'ltiResourceLink');
  // Moodle opens links at addresses it knows only: one with a query is none of them.
  for (const { url } of links)
    if (state.options.profile === 'moodle' && url !== undefined && !tool.redirectUris.includes(url))
      throw new Error(`${url} is no registered address`);
  return links;
}

/** Makes a content item a link of the course, and its line item a column of the gradebook. */
function place(state: LmsState, course: DemoCourse, item: Awaited<ReturnType<typeof placedLinks>>[number]) {
  const { title = '', custom, lineItem, url } = item;
  const link = {
    id: String(900 + state.placed.length),
    title,
    graded: lineItem !== undefined,
    ...(custom === undefined ? {} : { custom }),
    ...(url === undefined ? {} : { targetLinkUri: url }),
  };
  state.placed.push({ course: course.id, link, item });
  if (lineItem === undefined) return;
  const links = findCourse(state, course.id)?.links ?? [];
  const number = numberOfLink(state, links.indexOf(link));
  const { scoreMaximum, resourceId, tag } = lineItem;
  // Moodle loses the column's label: the link's title is there instead.
  const label = state.options.profile === 'moodle' ? title : (lineItem.label ?? title);
  state.lineItems.set(number, {
    number,
    course: course.id,
    label,
    scoreMaximum,
    ...(resourceId === undefined ? {} : { resourceId }),
    ...(tag === undefined ? {} : { tag }),
    grades: new Map(),
    taken: [],
  });
}

/** Where tools answer deep linking requests: the links chosen become links of the course. */
export function deepLinkRoutes(state: LmsState): Router {
  const router = Router();
  const take = async (request: Request, response: Response, courseId: string) => {
    const session = currentSession(state, request);
    const course = findCourse(state, courseId);
    const words = wordsFor(session?.user);
    const frame = { profile: state.options.profile, site: state.options.name, words, user: session?.user };
    const jwt = textMembers(request.body).JWT;
    if (course === undefined || jwt === undefined) {
      response
        .status(400)
        .send(messagePage({ ...frame, storage: undefined }, words.failed, words.refused, { href: '/' }));
      return;
    }
    const links = await placedLinks(state, jwt);
    for (const item of links) place(state, course, item);
    const text = links.map(({ title }) => title ?? '').join(', ');
    response.send(
      messagePage({ ...frame, storage: undefined }, course.title, text, { href: `/course/${course.id}` }),
    );
  };
  router.post('/mod/lti/contentitem_return.php', (request, response) =>
    take(request, response, String(request.query.course)),
  );
  router.post('/courses/:course/deep_linking_response', (request, response) =>
    take(request, response, String(request.params.course)),
  );
  return router;
}
