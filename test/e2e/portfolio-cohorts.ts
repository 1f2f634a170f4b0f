import type { RunningAssidu } from '../support/start-assidu.ts';

type Request = RunningAssidu['request'];

const DAY = 86_400_000;
const HOME = 'https://people.example';

/** A date so many days from now. */
const date = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

async function done(answer: ReturnType<Request>): Promise<void> {
  const { status, text } = await answer;
  if (status >= 300) throw new Error(`${status} ${text}`);
}

const COHORTS = [
  ['lead-25', 'Leadership', 'Eau France', '2025-09-08', '2025-11-28', 24, 13],
  ['lead-26-1', 'Leadership', 'Eau France', '2026-01-12', '2026-03-27', 18, 12],
  ['lead-26-2', 'Leadership', 'Déchets', '2026-01-12', '2026-03-27', 21, 15],
  ['lead-26-3', 'Leadership', 'Énergie', '2026-04-06', '2026-06-26', 16, 12],
  ['sec-25', 'Sécurité au travail', 'Déchets', '2025-10-06', '2025-12-19', 32, 29],
  ['sec-26', 'Sécurité au travail', 'Eau France', '2026-02-02', '2026-04-24', 28, 27],
  ['comex', 'Comité exécutif', 'Siège', '2026-02-02', '2026-04-24', 4, 4],
  ['lead-now', 'Leadership', 'Eau France', date(-40), date(50), 22, 3],
] as const;

/** Cohorts of several programmes and business units, some closed and one of them small, told over the API. */
export async function manyCohorts(request: Request): Promise<void> {
  for (const [id, programme, businessUnit, startsOn, endsOn, enrolled, completed] of COHORTS) {
    const unit = `https://lms.example/${id}`;
    const actor = (number: number) => ({ account: { homePage: HOME, name: `${id}-${number}` } });
    await done(
      request('PUT', `/api/v1/cohorts/${id}`, {
        id,
        title: id,
        kind: id.startsWith('lead') ? 'blended' : 'spoc',
        startsOn,
        endsOn,
        tags: { programme, businessUnit },
        units: [
          { id: unit, plannedMinutes: 90 },
          { id: `${unit}/more`, plannedMinutes: 30 },
        ],
        cost: { fixed: 6_000, perLearner: 120, currency: businessUnit === 'Énergie' ? 'CHF' : 'EUR' },
      }),
    );
    await done(
      request(
        'POST',
        `/api/v1/cohorts/${id}/enrolments`,
        Array.from({ length: enrolled }, (_, number) => ({
          actor: actor(number),
          enrolledAt: `${startsOn}T08:00:00Z`,
        })),
      ),
    );
    await done(
      request(
        'POST',
        '/xapi/statements',
        Array.from({ length: completed }, (_, number) =>
          [unit, `${unit}/more`].map((object) => ({
            actor: actor(number),
            verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
            object: { id: object },
            timestamp: `${startsOn}T12:00:00Z`,
          })),
        ).flat(),
      ),
    );
  }
}

/** A cohort in which the learner 4 has things to do, and has attended a session; `share` of the steps completes it. */
export async function ownCohort(
  request: Request,
  id: string,
  issuer: string,
  course: string | null = null,
  share = 1,
): Promise<void> {
  const known = await request('GET', `/api/v1/cohorts/${id}`);
  const unit = (name: string) => `${issuer}/mod/page/view.php?id=${name}`;
  const session = (days: number) => ({
    modality: 'in-person',
    satisfiedBy: 'Attended',
    startsAt: `${date(days)}T09:00:00Z`,
    endsAt: `${date(days)}T12:00:00Z`,
    plannedMinutes: 180,
  });
  await done(
    request('PUT', `/api/v1/cohorts/${id}`, {
      id,
      title: { fr: 'Gestion de projet', en: 'Project management' },
      kind: 'blended',
      startsOn: date(-20),
      endsOn: date(40),
      contexts: course === null ? known.json.contexts : [{ platform: issuer, course }],
      tags: { programme: 'Projets', businessUnit: 'Eau France' },
      units: [
        {
          id: unit('1'),
          title: { fr: 'Cadrer le projet', en: 'Framing' },
          dueOn: date(-3),
          plannedMinutes: 45,
        },
        {
          id: unit('2'),
          title: { fr: 'Les parties prenantes', en: 'Stakeholders' },
          dueOn: date(5),
          plannedMinutes: 60,
        },
        { id: unit('3'), title: { fr: 'Atelier de lancement', en: 'Kick-off workshop' }, ...session(-10) },
        { id: unit('4'), title: { fr: 'Atelier risques', en: 'Workshop on risks' }, ...session(12) },
      ],
      completion: { require: { weight: share }, minAttendance: 0.5 },
    }),
  );
  const actor = (name: string) => ({ account: { homePage: issuer, name } });
  const enrolledAt = `${date(-19)}T08:00:00Z`;
  if (course !== null)
    await done(
      request(
        'POST',
        `/api/v1/cohorts/${id}/enrolments`,
        ['4', '5'].map((name) => ({ actor: actor(name), enrolledAt })),
      ),
    );
  await done(
    request('POST', `/api/v1/cohorts/${id}/attendance`, [
      { actor: actor('4'), session: unit('3'), status: 'present' },
    ]),
  );
}
