import express, { type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import { bearerOf } from './access-tokens.ts';
import { canvasUserId } from './canvas-claims.ts';
import type { DemoCourse, DemoUser } from './demo-types.ts';
import { scope } from './launch-message.ts';
import { courseMembers, findCourse, type LmsState } from './lms-state.ts';
import { queryText, textMembers } from './request-text.ts';
import { withFaults } from './service-faults.ts';

/** A grade column. */
export interface LineItem {
  readonly number: string;
  readonly course: string;
  readonly label: string;
  readonly scoreMaximum: number;
  readonly resourceId?: string;
  readonly tag?: string;
  /** Grades by user id, as the gradebook shows them. */
  readonly grades: Map<string, { readonly score: number; readonly at: number; readonly comment?: string }>;
  /** Every score that was taken, oldest first. */
  readonly taken: Record<string, unknown>[];
}

const itemType = 'application/vnd.ims.lis.v2.lineitem+json';
const containerType = 'application/vnd.ims.lis.v2.lineitemcontainer+json';
const scoreType = 'application/vnd.ims.lis.v1.score+json';

const newItem = z.object({
  label: z.string().min(1),
  scoreMaximum: z.number(),
  resourceId: z.string().optional(),
  tag: z.string().optional(),
});
const scoreBody = z.object({
  userId: z.string(),
  scoreGiven: z.number().nullish(),
  scoreMaximum: z.number().positive().optional(),
  timestamp: z.string().refine((text) => !Number.isNaN(Date.parse(text))),
  activityProgress: z.string(),
  gradingProgress: z.string(),
  comment: z.string().optional(),
});

/** Paths of AGS: Moodle's carry `type_id` in a query, and `/lineitem` before `/scores`. */
function paths({ options, url }: LmsState) {
  const moodle = options.profile === 'moodle';
  const list = moodle ? '/mod/lti/services.php/:course/lineitems' : '/api/lti/courses/:course/line_items';
  const one = moodle ? `${list}/:item/lineitem` : `${list}/:item`;
  const urlOf = ({ course, number }: LineItem, type: string): string =>
    `${url}${one.replace(':course', encodeURIComponent(course)).replace(':item', number)}${moodle ? `?type_id=${type}` : ''}`;
  return { moodle, list, one, urlOf };
}

/** The AGS 2.0 services of the platform, as strict as Moodle 4.1 (recorded) and Canvas (its sources) are. */
export function addLineItems(router: Router, state: LmsState): void {
  const { moodle, list, one, urlOf } = paths(state);
  const text = express.text({ type: () => true, limit: '1mb' });
  const typeOf = (req: Request): string => queryText(req, 'type_id') ?? '1';
  const shown = (item: LineItem, req: Request) => ({
    id: urlOf(item, typeOf(req)),
    label: item.label,
    scoreMaximum: item.scoreMaximum,
    ...(item.resourceId === undefined ? {} : { resourceId: item.resourceId }),
    ...(item.tag === undefined ? {} : { tag: item.tag }),
  });
  const refuse = (req: Request, res: Response, status: number, reason: string): void => {
    const { accept } = req.headers;
    const request = { method: req.method, url: req.originalUrl, accept };
    res.status(status).json({ status, reason, request });
  };
  /** The course, when the token gives the right and the course is there. */
  const courseFor = (req: Request, res: Response, wanted: string): DemoCourse | null => {
    if (bearerOf(state, req.headers.authorization, wanted) === undefined) {
      refuse(req, res, 401, 'Unauthorized');
      return null;
    }
    const course = findCourse(state, textMembers(req.params).course ?? '');
    if (course === undefined) refuse(req, res, 404, 'Not Found: Course doesn’t exist');
    return course ?? null;
  };
  const [manage, , , score] = scope.scores;

  router.get(list, withFaults(state, 'line-items'), (req, res) => {
    const course = courseFor(req, res, manage ?? '');
    if (course === null) return;
    if (!(req.headers.accept ?? '*/*').includes(containerType)) {
      refuse(req, res, 400, `No handler found for ${req.path} ${req.headers.accept}`);
      return;
    }
    const wanted = { resourceId: queryText(req, 'resource_id'), tag: queryText(req, 'tag') };
    const found = [...state.lineItems.values()].filter(
      (item) =>
        item.course === course.id &&
        (wanted.resourceId === undefined || item.resourceId === wanted.resourceId) &&
        (wanted.tag === undefined || item.tag === wanted.tag),
    );
    // Canvas answers ten at a time.
    const size = moodle ? Number(queryText(req, 'limit') ?? found.length) || found.length : 10;
    const from = moodle
      ? Number(queryText(req, 'from') ?? 0)
      : (Number(queryText(req, 'page') ?? 1) - 1) * size;
    if (from + size < found.length) {
      const next = new URL(req.originalUrl, state.url);
      if (moodle) next.searchParams.set('from', String(from + size));
      else next.searchParams.set('page', String(from / size + 2));
      // Moodle 4.1 writes curly quotes and &amp; here (recorded).
      const link = moodle
        ? `<${next.href.replaceAll('&', '&amp;')}>; rel=“next”`
        : `<${next.href}>; rel="next"`;
      res.set('Link', Buffer.from(link, 'utf8').toString('latin1'));
    }
    res
      .type(containerType)
      .send(JSON.stringify(found.slice(from, from + size).map((item) => shown(item, req))));
  });

  router.post(list, withFaults(state, 'line-items'), text, (req, res) => {
    const course = courseFor(req, res, manage ?? '');
    if (course === null) return;
    if (req.headers['content-type'] !== itemType) {
      refuse(req, res, 400, `No handler found for ${req.path}  ${req.headers['content-type']}`);
      return;
    }
    const parsed = newItem.safeParse(json(req.body));
    if (!parsed.success) {
      refuse(req, res, 400, 'No label or Score Maximum');
      return;
    }
    const number = String(100 + state.lineItems.size);
    const { resourceId, tag, ...given } = parsed.data;
    const item: LineItem = {
      ...given,
      ...(resourceId === undefined ? {} : { resourceId }),
      ...(tag === undefined ? {} : { tag }),
      number,
      course: course.id,
      grades: new Map(),
      taken: [],
    };
    state.lineItems.set(number, item);
    res
      .status(201)
      .type(itemType)
      .send(JSON.stringify(shown(item, req)));
  });

  router.post(`${one}/scores`, withFaults(state, 'scores'), text, (req, res) => {
    const course = courseFor(req, res, score ?? '');
    if (course === null) return;
    if (req.headers['content-type'] !== scoreType) {
      refuse(req, res, 400, `No handler found for ${req.path}  ${req.headers['content-type']}`);
      return;
    }
    const number = textMembers(req.params).item ?? '';
    const item = state.lineItems.get(number) ?? itemOfLink(state, course, number);
    if (item === undefined) {
      refuse(req, res, 404, `Not Found: Grade item ${number} doesn't exist`);
      return;
    }
    const parsed = scoreBody.safeParse(json(req.body));
    const learner = courseMembers(state, course).find(
      (user) =>
        idOf(state, user) === parsed.data?.userId && user.roles.some((role) => /#Learner$/.test(role)),
    );
    const fault = moodle ? moodleFault(parsed, learner) : canvasFault(parsed, learner);
    if (fault !== null || !parsed.success) {
      res
        .status(fault ?? 400)
        .type(scoreType)
        .send('[]');
      return;
    }
    const { userId, scoreGiven, scoreMaximum = 0, timestamp, gradingProgress, comment } = parsed.data;
    const [before, at] = [item.grades.get(userId), Date.parse(timestamp)];
    const late = moodle
      ? Math.floor(at / 1_000) <= Math.floor((before?.at ?? Number.NEGATIVE_INFINITY) / 1_000)
      : at <= (before?.at ?? Number.NEGATIVE_INFINITY);
    if (late) {
      res.status(409).type(scoreType).send('[]');
      return;
    }
    item.taken.push(parsed.data);
    // Moodle: anything but FullyGraded, or no score, erases the grade (recorded).
    if (scoreGiven == null || gradingProgress !== 'FullyGraded') item.grades.delete(userId);
    else {
      const graded = (Math.min(Math.max(scoreGiven, 0), scoreMaximum) / scoreMaximum) * item.scoreMaximum;
      item.grades.set(userId, { score: graded, at, ...(comment === undefined ? {} : { comment }) });
    }
    res
      .status(moodle ? 200 : 201)
      .type(scoreType)
      .send(moodle ? '' : '{}');
  });
}

type Parsed = ReturnType<typeof scoreBody.safeParse>;

/** Moodle 4.1: 400 for what lacks or for who has no grade in the course (recorded). */
function moodleFault({ success, data }: Parsed, learner: DemoUser | undefined): number | null {
  return !success || data.scoreMaximum === undefined || learner === undefined ? 400 : null;
}

/** Canvas: 422 for who is no student, and for a score without maximum or with a time to the second. */
function canvasFault({ success, data }: Parsed, learner: DemoUser | undefined): number | null {
  if (!success) return 400;
  if (learner === undefined) return 422;
  const precise = /T\d{2}:\d{2}:\d{2}\.\d+(Z|[+-]\d{2}:\d{2})$/.test(data.timestamp);
  return !precise || (data.scoreGiven != null && data.scoreMaximum === undefined) ? 422 : null;
}

/** The number by which launches name the column of a course's link. */
export function numberOfLink({ options }: LmsState, index: number): string {
  return String(index + (options.profile === 'moodle' ? 4 : 1));
}

/** The column that came with a graded link, of 20 points; the launch names it by its number. */
function itemOfLink(state: LmsState, course: DemoCourse, number: string): LineItem | undefined {
  const link = course.links[Number(number) - (state.options.profile === 'moodle' ? 4 : 1)];
  if (link === undefined || link.graded === false) return undefined;
  const base = { number, course: course.id, label: link.title, scoreMaximum: 20 };
  const item = { ...base, grades: new Map(), taken: [] };
  state.lineItems.set(number, item);
  return item;
}

function idOf(state: LmsState, user: DemoUser): string {
  return state.options.profile === 'canvas' ? canvasUserId(state.url, user) : user.id;
}

function json(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
