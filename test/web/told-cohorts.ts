import { ISSUER, type Person, startWorld, type World } from '../authorisation/world.ts';
import type { Answer } from '../support/start-assidu.ts';

export const DAY = 86_400_000;
const HOUR = 3_600_000;
const ACT = 'http://adlnet.gov/expapi/verbs/attempted';
const DONE = 'http://adlnet.gov/expapi/verbs/completed';
export const UNITS = ['cadrer', 'planifier', 'atelier'].map((name) => `https://lms.example/${name}`);
const [FRAME = '', PLAN = '', SESSION = ''] = UNITS;

/** Instants of a cohort: noon of its day, UTC. */
export type At = (day: number) => string;

/** Where days of a cohort lie that began so many days ago. */
export function daysFrom(ago: number): { readonly startsOn: string; readonly at: At } {
  const zero = Math.floor(Date.now() / DAY) * DAY - ago * DAY;
  return {
    startsOn: new Date(zero).toISOString().slice(0, 10),
    at: (day) => new Date(zero + day * DAY + 12 * HOUR).toISOString(),
  };
}

const actor = (sub: string) => ({ name: `Nom de ${sub}`, account: { homePage: ISSUER, name: sub } });
const says = (sub: string, verb: string, object: string, timestamp: string) => ({
  actor: actor(sub),
  verb: { id: verb },
  object: { id: object },
  timestamp,
});

/**
 * A world with cohorts of course-1: `alpha`, closed (12 people: six completed, four dropped, one withdrawn, one never
 * came), `beta` of the same programme, open and 40 days old (8 people, nobody completed), `gamma`, three days old.
 */
export interface Told {
  readonly world: World;
  readonly alpha: At;
  /** Opens a page as somebody; the path is that of a cohort, from its id on. */
  open(person: Person, path: string): Promise<Answer>;
  close(): Promise<void>;
}

export async function tellCohorts(): Promise<Told> {
  const world = await startWorld();
  const { assidu } = world;
  const request = async (method: string, path: string, body: unknown) => {
    const answer = await assidu.request(method, path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  };
  const [old, middle, young] = [daysFrom(70), daysFrom(40), daysFrom(3)];
  const cohort = (id: string, days: ReturnType<typeof daysFrom>, change: object) =>
    request('PUT', `/api/v1/cohorts/${id}`, {
      id,
      title: { fr: `Promotion ${id}`, en: `Class ${id}` },
      kind: 'blended',
      timezone: 'UTC',
      startsOn: days.startsOn,
      contexts: [{ platform: ISSUER, course: 'course-1' }],
      units: [
        { id: FRAME, title: { fr: 'Cadrer', en: 'Framing' } },
        { id: PLAN, title: { fr: 'Planifier', en: 'Planning' } },
        {
          id: SESSION,
          title: { fr: 'Atelier', en: 'Workshop' },
          modality: 'in-person',
          satisfiedBy: 'Attended',
          startsAt: days.at(12),
          endsAt: new Date(Date.parse(days.at(12)) + HOUR).toISOString(),
        },
      ],
      completion: { require: { weight: 0.6 } },
      dropout: { dropAfterDays: 20 },
      ...change,
    });
  const day = (at: At, number: number) => at(number).slice(0, 10);
  await cohort('alpha', old, { endsOn: day(old.at, 40), graceDays: 0, tags: { programme: 'P' } });
  await cohort('beta', middle, { tags: { programme: 'P' } });
  await cohort('gamma', young, {});

  const enrol = (id: string, at: At, subs: readonly string[], change: object = {}) =>
    request(
      'POST',
      `/api/v1/cohorts/${id}/enrolments`,
      subs.map((sub) => ({ actor: actor(sub), enrolledAt: at(0), ...change })),
    );
  const people = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);
  const twelve = people('a', 12);
  await enrol('alpha', old.at, [...twelve.slice(0, 9), ...twelve.slice(10)]);
  await enrol('alpha', old.at, ['a10'], { endedAt: old.at(8), reason: 'withdrawn' });
  await enrol('beta', middle.at, people('b', 8));
  await enrol('gamma', young.at, ['c1']);

  await request('POST', '/xapi/statements', [
    ...twelve
      .slice(0, 6)
      .flatMap((sub) => [says(sub, DONE, FRAME, old.at(3)), says(sub, DONE, PLAN, old.at(10))]),
    ...twelve.slice(6, 9).map((sub) => says(sub, DONE, FRAME, old.at(4))),
    says('a10', ACT, FRAME, old.at(2)),
    says('a12', ACT, PLAN, old.at(5)),
    ...people('b', 8).map((sub) => says(sub, DONE, FRAME, middle.at(2))),
    ...people('b', 5).map((sub) => says(sub, ACT, PLAN, middle.at(38))),
    says('c1', ACT, FRAME, young.at(1)),
  ]);
  await request('POST', '/api/v1/cohorts/alpha/attendance', [
    ...twelve.slice(0, 5).map((sub) => ({ actor: actor(sub), session: SESSION, status: 'present' })),
    { actor: actor('a6'), session: SESSION, status: 'excused' },
    { actor: actor('a7'), session: SESSION, status: 'absent' },
  ]);

  return {
    world,
    alpha: old.at,
    open: async (person, path) => {
      const visit = await world.visit(person);
      return assidu.request('GET', `/app/${visit.launch}/cohorts/${path}`, undefined, visit.headers);
    },
    close: () => assidu.close(),
  };
}

/** One statement more, of the past, told now. */
export async function tellLate({ world, alpha }: Told): Promise<void> {
  const late = [says('a11', DONE, FRAME, alpha(5)), says('a11', DONE, PLAN, alpha(6))];
  const { status, text } = await world.assidu.request('POST', '/xapi/statements', late);
  if (status !== 200) throw new Error(text);
}

/** The text people read: tags out, spaces plain. */
export function textOf(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replaceAll(/[\s\u00a0\u202f]+/g, ' ');
}

/** The lines of a CSV without quotes in it, cells apart. */
export function linesOf({ text }: Answer): readonly (readonly string[])[] {
  return text
    .replace(/^\uFEFF/, '')
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));
}
