import { type Request, type Response, Router } from 'express';
import { launchOf } from '../../../lti/guard.ts';
import { AssiduError, isError } from '../../base/errors.ts';
import { type Access, seesCohort } from '../../cohorts/access.ts';
import { type Contacts, contactsOf } from '../../cohorts/contacts.ts';
import type { Cohort } from '../../cohorts/definitions.ts';
import type { Enrolments } from '../../cohorts/enrolments.ts';
import type { CohortFigures, Figures } from '../../cohorts/figures.ts';
import { contactOutcome } from '../../progress/contact-outcome.ts';
import { timelineOf } from '../../progress/timeline.ts';
import { type ReadContact, readContact, refusedFields } from '../contact-form.ts';
import { timelinePage } from '../pages/timeline-page.tsx';
import { timelinePath, todayPath } from '../paths.ts';
import { pseudonymCode } from '../pseudonym.ts';
import { type Happening, type TimelineView, timelineDays } from '../timeline-view.ts';
import { readTodayQuery, todayHref } from '../today-query.ts';
import { recorderOf } from './attendance-pages.ts';
import type { PageAnswers } from './page-answers.ts';

export interface TimelinePageDeps {
  readonly access: Access;
  readonly figures: Figures;
  readonly enrolments: Pick<Enrolments, 'ofLearner'>;
  readonly contacts: Contacts;
  readonly frameOf: PageAnswers['frameOf'];
}

type Asked = Request<Record<string, string>>;

/** /app/:launch/cohorts/:cohort/learners/:learner/timeline and …/contacts: what happened with one learner, for staff. */
export function timelinePages({ access, figures, enrolments, contacts, frameOf }: TimelinePageDeps): Router {
  const router = Router({ mergeParams: true });

  const open = async (request: Asked, response: Response) => {
    const context = launchOf(response);
    const learner = request.params.learner ?? '';
    const cohort = await access.learner(context, request.params.cohort ?? '', learner);
    if (!seesCohort(context.launch)) throw new AssiduError('forbidden', 'only staff see what happened');
    const found = await figures.of(cohort.org, cohort.id, { asOf: null, knownAt: null });
    const person = found.personOf(learner);
    const own = found.progress.learners.filter(({ enrolment }) => enrolment.learnerId === person);
    const last = own.at(-1);
    if (last === undefined) throw new AssiduError('not-found', 'no such learner here');
    return { context, cohort, learner, found, person, own, last };
  };
  type Opened = Awaited<ReturnType<typeof open>>;

  const send = async (
    request: Asked,
    response: Response,
    { context, cohort, learner, found, person, own, last }: Opened,
    shown: Pick<TimelineView, 'told' | 'refused'>,
  ) => {
    const happenings = await happeningsOf(found, cohort, { person, learner, own });
    const { calendar } = found.progress.frame;
    const { order, page } = request.query;
    const query = {
      oldestFirst: order === 'oldest',
      page: Number.isInteger(Number(page)) ? Number(page) : 1,
    };
    response.type('html').send(
      timelinePage({
        ...frameOf(request, context, timelinePath(context.launch.id, cohort.id, learner), cohort.id),
        ...shown,
        ...timelineDays(happenings, query, (at) => calendar.date(calendar.day(at))),
        definition: found.definition,
        cohortVersion: cohort.version,
        asOf: found.metrics.asOf,
        final: found.metrics.final,
        learnerId: learner,
        enrolmentId: last.enrolment.id,
        name: found.nameOf(person),
        state: last.state,
        progress: last.progress,
      }),
    );
  };

  const happeningsOf = async (
    { progress, facts }: CohortFigures,
    cohort: Cohort,
    { person, learner, own }: Pick<Opened, 'person' | 'learner' | 'own'>,
  ): Promise<readonly Happening[]> => {
    const { frame, persons } = progress;
    const theirs = facts.filter(({ actor }) => persons.ofActor(actor) === person);
    const episodes = await enrolments.ofLearner(cohort, learner);
    const acts = own.flatMap((each) => each.acts);
    return [
      ...timelineOf(frame, own, theirs, episodes),
      ...contactsOf(theirs, persons.ofActor).flatMap((contact): Happening[] => {
        const { at, id } = contact;
        // The enrolment that lasted then, or the first one after it.
        const then =
          own.find(({ enrolment: { endedAt } }) => endedAt === null || endedAt >= at) ?? own.at(-1);
        if (then === undefined || at > frame.asOf) return [];
        const outcome = contactOutcome({ ...then, acts }, at);
        return [{ kind: 'contact', at, sources: [id], contact, outcome }];
      }),
    ];
  };

  router.get('/timeline', async (request: Asked, response) => {
    const { told } = request.query;
    await send(request, response, await open(request, response), {
      told: told === 'saved' || told === 'takenBack' ? told : null,
      refused: null,
    });
  });

  router.post('/contacts', async (request: Asked, response) => {
    const opened = await open(request, response);
    const { context, cohort, learner, person } = opened;
    const body: Readonly<Record<string, unknown>> = request.body ?? {};
    const lang = request.query.lang === 'en' || request.query.lang === 'fr' ? request.query.lang : undefined;
    const backTo = (told: 'saved' | 'takenBack') => {
      const pairs = new URLSearchParams({ ...(lang === undefined ? {} : { lang }), told });
      return `${timelinePath(context.launch.id, cohort.id, learner)}?${pairs}`;
    };
    if (typeof body.takeBack === 'string') {
      await contacts.takeBack(cohort, person, body.takeBack, recorderOf(context));
      response.redirect(303, backTo('takenBack'));
      return;
    }
    const form = readContact(body);
    const faults = await record(opened, form);
    if (faults.length > 0) {
      response.status(422);
      await send(request, response, opened, { told: null, refused: { typed: form.typed, faults } });
      return;
    }
    const { back } = body;
    response.redirect(303, typeof back === 'string' ? listPath(opened, back, lang) : backTo('saved'));
  });

  /** Records what was filled in; the fields that are at fault, none when it is recorded. */
  const record = async ({ context, cohort, found, own }: Opened, form: ReadContact) => {
    const { way, note, on, form: name } = form;
    if (way === null || form.faults.length > 0) return form.faults;
    const ids = new Set(own.map(({ enrolment }) => enrolment.id));
    const actor = found.rows.findLast(({ enrolmentId }) => ids.has(enrolmentId))?.actor ?? {};
    try {
      await contacts.record(cohort, { actor, way, note, on, form: name }, recorderOf(context));
      return [];
    } catch (error) {
      const fields = isError(error, 'invalid-request') ? refusedFields(error.problems) : [];
      if (fields.length === 0) throw error;
      return fields;
    }
  };

  return router;
}

/** The list of the day as it was asked for, at the row of the learner. */
function listPath(
  {
    context,
    cohort,
    last,
  }: { context: ReturnType<typeof launchOf>; cohort: Cohort; last: { enrolment: { id: string } } },
  back: string,
  lang: 'fr' | 'en' | undefined,
): string {
  const query = readTodayQuery(new URLSearchParams(back));
  const list = todayHref(todayPath(context.launch.id, cohort.id), query, lang === undefined ? {} : { lang });
  return `${list}${list.includes('?') ? '&' : '?'}told=saved#row-${pseudonymCode(last.enrolment.id)}`;
}
