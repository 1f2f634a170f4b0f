import { type Request, type Response, Router } from 'express';
import type { DemoTool } from './demo-types.ts';
import { courseMembers, findCourse, findUser, type LmsSession, type LmsState } from './lms-state.ts';
import { loginParameters } from './login-initiation.ts';
import { chooserPage, coursePage, type Frame, messagePage, storagePage, submittingPage } from './pages.tsx';
import { queryText, textMembers } from './request-text.ts';
import { currentSession, signIn } from './session-cookie.ts';
import { wordsFor } from './words.ts';

function storageOf({ options: { profile, storage } }: LmsState): Frame['storage'] {
  if (profile !== 'canvas') return undefined;
  return storage === '_parent' || storage === 'unannounced' ? '_parent' : 'post_message_forwarding';
}

/** What surrounds a page for this session. */
export function frameFor(state: LmsState, session: LmsSession | undefined): Frame {
  return {
    profile: state.options.profile,
    site: state.options.name,
    words: wordsFor(session?.user),
    storage: storageOf(state),
    user: session?.user,
  };
}

/** Signs in as the person of `?as=`, or keeps the session there is. */
function sessionOf(state: LmsState, req: Request, res: Response): LmsSession | undefined {
  const user = findUser(state, queryText(req, 'as') ?? '');
  const session = currentSession(state, req);
  if (user === undefined || session?.user === user) return session;
  return signIn(state, res, user);
}

/** The tool of `?client=`, or the first one registered. */
function toolOf(state: LmsState, req: Request): DemoTool | undefined {
  const client = queryText(req, 'client');
  return client === undefined ? [...state.tools.values()][0] : state.tools.get(client);
}

function missing(state: LmsState, res: Response, session: LmsSession | undefined): void {
  const frame = frameFor(state, session);
  res.status(404).send(messagePage(frame, frame.words.missing, frame.words.refused, { href: '/' }));
}

/** The pages a person sees: the chooser, a course, the launch inside its frame, and the return from it. */
export function pageRoutes(state: LmsState): Router {
  const router = Router();
  router.get('/', (_req, res) => {
    const courses = state.options.courses.map((course) => ({
      course,
      members: courseMembers(state, course),
    }));
    res.send(chooserPage(frameFor(state, undefined), courses));
  });
  router.get('/post_message_forwarding', (_req, res) => {
    if (storageOf(state) === 'post_message_forwarding') res.send(storagePage());
    else res.status(404).end();
  });
  router.get('/course/:course', (req, res) => {
    const session = sessionOf(state, req, res);
    const course = findCourse(state, req.params.course);
    if (session === undefined || course === undefined) return missing(state, res, session);
    const wanted = queryText(req, 'link');
    const asked = {
      ...(queryText(req, 'message') === undefined ? {} : { message: queryText(req, 'message') ?? '' }),
      ...(queryText(req, 'about') === undefined ? {} : { about: queryText(req, 'about') ?? '' }),
    };
    const link = wanted === undefined ? course.links[0] : course.links.find(({ id }) => id === wanted);
    if (wanted !== undefined && link === undefined) return missing(state, res, session);
    const frame = { ...frameFor(state, session), user: session.user };
    res.send(coursePage(frame, course, { link, client: toolOf(state, req)?.clientId, asked }));
  });
  router.get('/launch/:course{/:link}', async (req, res) => {
    const session = sessionOf(state, req, res);
    const course = findCourse(state, textMembers(req.params).course ?? '');
    const tool = toolOf(state, req);
    const link = course?.links.find(({ id }) => id === req.params.link);
    const messageType = queryText(req, 'message') ?? 'LtiResourceLinkRequest';
    if (session === undefined || course === undefined || tool === undefined)
      return missing(state, res, session);
    if (link === undefined && messageType !== 'LtiDeepLinkingRequest') return missing(state, res, session);
    const about = findUser(state, queryText(req, 'about') ?? '');
    const fields = await loginParameters(state, { session, course, link, tool, messageType, about });
    const form = { id: 'ltiLaunchForm', method: state.profile.loginMethod, action: tool.loginUrl, fields };
    res.send(submittingPage(frameFor(state, session), form));
  });
  router.get(state.profile.returnPath, (req, res) => {
    const session = currentSession(state, req);
    const { words, ...frame } = frameFor(state, session);
    const failure = queryText(req, 'lti_errormsg');
    const course = findCourse(state, textMembers(req.params).course ?? queryText(req, 'course') ?? '');
    const href = course === undefined ? '/' : `/course/${encodeURIComponent(course.id)}`;
    const text = failure ?? queryText(req, 'lti_msg') ?? words.closed;
    const title = failure === undefined ? state.options.name : words.failed;
    res.send(messagePage({ ...frame, words }, title, text, { href }));
  });
  return router;
}
