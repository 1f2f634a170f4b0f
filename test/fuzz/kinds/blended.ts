import { unitKey } from '../../../src/units/own-units.ts';
import type { Trial } from '../trial.ts';

export const BLENDED = 'blended';
const PEOPLE = 40;

export const SESSION = 'https://lms.example.org/session/1';
export const OWN_UNIT = 'https://lms.example.org/own/1';
/** Units by their number on pages, from 1. */
export const UNITS = [
  SESSION,
  'https://lms.example.org/session/2',
  OWN_UNIT,
  'https://lms.example.org/quiz/1',
];
export const OWN_KEY = unitKey(OWN_UNIT);

/** One of the people of the fuzzed platform, some of whom are enrolled. */
export function somebody({ random, world }: Trial): Readonly<Record<string, unknown>> {
  return { account: { homePage: world.platform.issuer, name: `p${random.below(PEOPLE)}` } };
}

/** A cohort with sessions, units of our own and people: the same for every trial, and there whichever comes first. */
export async function ensureBlended(trial: Trial): Promise<void> {
  const { issuer, course } = trial.world.platform;
  const headers = { Authorization: trial.world.keys.main, 'Content-Type': 'application/json' };
  const put = async (method: string, path: string, body: unknown) =>
    trial.send({ method, path: `/api/v1${path}`, headers, body: Buffer.from(JSON.stringify(body)) });
  const session = { modality: 'in-person', satisfiedBy: 'Attended' };
  await put('PUT', `/cohorts/${BLENDED}`, {
    id: BLENDED,
    title: 'Mixed',
    kind: 'blended',
    startsOn: '2026-03-02',
    contexts: [{ platform: issuer, course, activity: `${issuer}/course/${course}` }],
    units: [
      { ...session, id: UNITS[0], startsAt: '2026-03-09T14:00:00Z', endsAt: '2026-03-09T16:00:00Z' },
      { ...session, id: UNITS[1], startsAt: '2026-03-09T17:00:00Z', endsAt: '2026-03-09T18:00:00Z' },
      { id: UNITS[2], content: { markAsDone: true } },
      { id: UNITS[3], modality: 'assessment', satisfiedBy: 'Passed', minScore: 0.5 },
    ],
  });
  const actors = Array.from({ length: 5 }, () => somebody(trial));
  const enrolledAt = '2026-03-02T08:00:00Z';
  await put('POST', `/cohorts/${BLENDED}/enrolments`, [
    ...new Map(actors.map((actor) => [JSON.stringify(actor), { actor, enrolledAt }])).values(),
  ]);
}
