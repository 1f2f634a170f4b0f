import { type Request, type Response, Router } from 'express';
import { launchOf } from '../../../lti/guard.ts';
import { actorKey } from '../../../xapi/statement/ifi.ts';
import type { Recorder } from '../../../xapi/vocabulary/event.ts';
import { AssiduError, isError } from '../../base/errors.ts';
import { type Access, seesCohort, type Visitor } from '../../cohorts/access.ts';
import type { AttendanceRegister } from '../../cohorts/attendance.ts';
import type { Figures } from '../../cohorts/figures.ts';
import { actorOf } from '../../cohorts/launches.ts';
import { attendancePage } from '../pages/attendance-page.tsx';
import { sessionPath } from '../paths.ts';
import { type BoxFault, type ReadForm, readRegister } from '../register-form.ts';
import { sessionsOfDay, sheetOf } from '../register-sheet.ts';
import type { PageAnswers } from './page-answers.ts';

export interface AttendancePageDeps {
  readonly access: Access;
  readonly attendance: AttendanceRegister;
  readonly figures: Figures;
  readonly frameOf: PageAnswers['frameOf'];
  /** ms since the epoch. */
  readonly clock: () => number;
}

/** The person of a launch, as who records something in a page. */
export function recorderOf(visitor: Visitor): Recorder {
  const id = actorKey(actorOf(visitor)) ?? visitor.launch.sub;
  return { way: 'register', id, name: visitor.launch.name };
}

/** /app/:launch/cohorts/:cohort/sessions/:number: the register of the sessions of a day, for staff. */
export function attendancePages({ access, attendance, figures, frameOf, clock }: AttendancePageDeps): Router {
  const router = Router({ mergeParams: true });

  const open = async (request: Request<Record<string, string>>, response: Response) => {
    const context = launchOf(response);
    const cohort = await access.cohort(context, request.params.cohort ?? '');
    if (!seesCohort(context.launch)) throw new AssiduError('forbidden', 'only staff keep registers');
    const number = Number(request.params.number);
    const sessions = sessionsOfDay(cohort.definition, number, clock());
    if (sessions.length === 0) throw new AssiduError('not-found', 'no such session here');
    const frame = frameOf(request, context, sessionPath(context.launch.id, cohort.id, number), cohort.id);
    const page = Number(request.query.page);
    const load = async () => {
      const found = await figures.of(cohort.org, cohort.id, { asOf: null, knownAt: null });
      const ids = new Set(sessions.map(({ unit }) => unit.id));
      const entries = (await attendance.entries(cohort, null)).filter(({ session }) => ids.has(session));
      const place = { page: Number.isInteger(page) ? page : 1, locale: frame.texts.locale };
      return sheetOf(sessions, found, entries, place);
    };
    return { context, cohort, frame, load };
  };
  const nothing = { typed: new Map(), faults: new Map() };

  router.get('/:number', async (request, response) => {
    const { cohort, frame, load } = await open(request, response);
    const { definition, version: cohortVersion } = cohort;
    const view = { ...frame, definition, cohortVersion, sheet: await load(), saved: null, ...nothing };
    response.type('html').send(attendancePage(view));
  });

  router.post('/:number', async (request, response) => {
    const { context, cohort, frame, load } = await open(request, response);
    const { definition, version: cohortVersion } = cohort;
    const body: Readonly<Record<string, unknown>> = request.body ?? {};
    const form = readRegister(await load(), body);
    const entries = form.changes.map(({ entry }) => entry);
    let faults = form.faults;
    let saved: number | null = null;
    if (faults.size === 0)
      try {
        saved = (await attendance.record(cohort, entries, recorderOf(context))).recorded;
      } catch (error) {
        faults = faultsOf(form, error);
      }
    const view = { ...frame, definition, cohortVersion, sheet: await load() };
    if (saved === null) {
      response.status([...faults.values()].includes('changed') ? 409 : 422);
      response.type('html').send(attendancePage({ ...view, saved, typed: form.typed, faults }));
    } else response.type('html').send(attendancePage({ ...view, saved, ...nothing }));
  });

  return router;
}

/** Which boxes the register did not take: changed in the same moment, or of somebody who has just left. */
function faultsOf({ changes }: ReadForm, error: unknown): ReadonlyMap<string, BoxFault> {
  const changed = isError(error, 'precondition');
  if (!changed && !isError(error, 'invalid-request')) throw error;
  const faults = new Map<string, BoxFault>();
  for (const { path } of error.problems) {
    const change = changes[Number(/^\[(\d+)\]/.exec(path)?.[1])];
    if (change !== undefined) faults.set(change.key, changed ? 'changed' : 'refused');
  }
  if (faults.size === 0) throw error;
  return faults;
}
