import type { CohortDefinitionInput } from '../../config/cohort-definition.ts';

const DAY = 86_400_000;

/** A cohort of the demo with what the simulation needs to know of it. */
export interface DemoCohort {
  readonly definition: CohortDefinitionInput;
  readonly courseId: string;
  /** When day 0 begins, ms. */
  readonly start: number;
  /** Last instant to simulate, ms. */
  readonly end: number;
}

function dateOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** A SPOC that began six weeks ago and runs for another month. */
export function runningSpoc(lms: string, now: number): DemoCohort {
  const start = startOfDay(now) - 42 * DAY;
  const due = (day: number) => dateOf(start + day * DAY);
  return {
    courseId: '2',
    start,
    end: now,
    definition: {
      id: 'gestion-projet-en-cours',
      title: { fr: 'Gestion de projet, promotion 9', en: 'Project management, class 9' },
      kind: 'spoc',
      startsOn: dateOf(start),
      endsOn: dateOf(start + 72 * DAY),
      graceDays: 7,
      contexts: [{ platform: lms, course: '2', activity: `${lms}/course/view.php?id=2` }],
      tags: { programme: 'Leadership', businessUnit: 'Eau France' },
      units: [
        page(lms, 21, { fr: 'Cadrer le projet', en: 'Framing the project' }, 40, due(10)),
        page(lms, 22, { fr: 'Les parties prenantes', en: 'Stakeholders' }, 35, due(17)),
        quiz(lms, 23, { fr: 'Quiz : le cadrage', en: 'Quiz: framing' }, 20, due(20)),
        page(lms, 24, { fr: 'Planifier', en: 'Planning' }, 45, due(27)),
        page(lms, 25, { fr: 'Les risques', en: 'Risks' }, 35, due(34)),
        quiz(lms, 26, { fr: 'Quiz : planification', en: 'Quiz: planning' }, 20, due(38)),
        { ...page(lms, 27, { fr: 'Pour aller plus loin', en: 'Going further' }, 30), required: false },
        page(lms, 28, { fr: 'Clôturer et capitaliser', en: 'Closing' }, 30, due(56)),
      ],
      dropout: { warnAfterDays: 7, alertAfterDays: 12, dropAfterDays: 21, startWithinDays: 7 },
      cost: { fixed: 9_000, perLearner: 60, currency: 'EUR' },
    },
  };
}

/** A blended cohort that ended five weeks ago: online units, a virtual class, a day together, a final test. */
export function finishedBlended(lms: string, now: number): DemoCohort {
  const start = startOfDay(now) - 112 * DAY;
  const session = (day: number, hour: number, minutes: number) => ({
    startsAt: new Date(start + day * DAY + hour * 3_600_000).toISOString(),
    endsAt: new Date(start + day * DAY + hour * 3_600_000 + minutes * 60_000).toISOString(),
  });
  return {
    courseId: '3',
    start,
    end: start + 77 * DAY,
    definition: {
      id: 'manager-hybride-printemps',
      title: { fr: 'Manager en mode hybride, promotion 4', en: 'Hybrid management, class 4' },
      kind: 'blended',
      startsOn: dateOf(start),
      endsOn: dateOf(start + 70 * DAY),
      graceDays: 7,
      contexts: [{ platform: lms, course: '3', activity: `${lms}/course/view.php?id=3` }],
      breaks: [{ from: dateOf(start + 28 * DAY), to: dateOf(start + 34 * DAY) }],
      tags: { programme: 'Leadership', businessUnit: 'Recyclage' },
      units: [
        page(
          lms,
          31,
          { fr: 'Se connaître comme manager', en: 'Knowing yourself' },
          45,
          dateOf(start + 12 * DAY),
        ),
        {
          id: `${lms}/mod/bigbluebuttonbn/view.php?id=32`,
          title: { fr: 'Classe virtuelle : donner du feedback', en: 'Virtual class: feedback' },
          modality: 'virtual-class',
          satisfiedBy: 'Attended',
          plannedMinutes: 90,
          ...session(20, 12, 90),
        },
        page(lms, 33, { fr: 'Piloter à distance', en: 'Leading remotely' }, 40, dateOf(start + 42 * DAY)),
        {
          id: 'https://formation.example/sessions/paris-4',
          title: { fr: 'Journée à Paris', en: 'A day in Paris' },
          modality: 'in-person',
          satisfiedBy: 'Attended',
          plannedMinutes: 420,
          ...session(48, 7, 420),
        },
        quiz(lms, 35, { fr: 'Évaluation finale', en: 'Final test' }, 30, dateOf(start + 66 * DAY)),
      ],
      completion: { require: { weight: 0.8 }, mustSatisfy: [`${lms}/mod/quiz/view.php?id=35`] },
      dropout: { warnAfterDays: 10, alertAfterDays: 18, dropAfterDays: 30, startWithinDays: 10 },
      cost: { fixed: 14_000, perLearner: 320, currency: 'EUR' },
    },
  };
}

function startOfDay(instant: number): number {
  return Math.floor(instant / DAY) * DAY;
}

function page(
  lms: string,
  id: number,
  title: Record<string, string>,
  plannedMinutes: number,
  dueOn?: string,
) {
  return {
    id: `${lms}/mod/page/view.php?id=${id}`,
    title,
    modality: 'online' as const,
    plannedMinutes,
    satisfiedBy: 'Completed' as const,
    ...(dueOn === undefined ? {} : { dueOn }),
  };
}

function quiz(lms: string, id: number, title: Record<string, string>, plannedMinutes: number, dueOn: string) {
  return {
    id: `${lms}/mod/quiz/view.php?id=${id}`,
    title,
    modality: 'assessment' as const,
    plannedMinutes,
    satisfiedBy: 'Passed' as const,
    minScore: 0.6,
    weight: 2,
    dueOn,
  };
}
