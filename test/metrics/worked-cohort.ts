import { type TableRow, workedTables } from './worked-tables.ts';

const LMS = 'https://lms.example.org';
const STARTS_ON = '2026-09-07';
export const TABLES = workedTables();
export const HOUR = 3_600_000;
/** An instant of a day of the example, ms: Paris has summer time all along. */
export const when = (day: number, hour = 10) =>
  Date.parse(`${STARTS_ON}T00:00:00+02:00`) + (24 * day + hour) * HOUR;
/** ISO 8601 of an instant in ms. */
export const iso = (instant: number) => new Date(instant).toISOString();
/** Id of a unit of the tables. */
export const idOf = (unit: string) => `${LMS}/${unit}`;
/** A learner of the tables. */
export const actor = (learner: string) => ({ account: { homePage: LMS, name: learner } });
/** A number as it is printed. */
export const number = (text: string | undefined) => Number(text || 'NaN');

/** The table with these heads. */
export function table(...heads: readonly string[]): readonly TableRow[] {
  const found = TABLES.filter(([row]) => heads.every((head) => row && head in row));
  if (found.length !== 1) throw new Error(`${found.length} tables with ${heads.join(', ')}`);
  return found[0] ?? [];
}

/** The cohort that the example is about; its units are those of the table. */
export const definition = {
  id: 'example',
  title: 'Gestion de projet',
  kind: 'blended',
  startsOn: STARTS_ON,
  endsOn: '2026-10-04',
  graceDays: 2,
  breaks: [{ from: '2026-09-19', to: '2026-09-20' }],
  dropout: { warnAfterDays: 4, alertAfterDays: 7, dropAfterDays: 10, startWithinDays: 7 },
  cost: { fixed: 800, perLearner: 20, currency: 'EUR' },
  units: table('unit', 'weight').map((row) => ({
    id: idOf(row.unit ?? ''),
    satisfiedBy: row.satisfiedBy,
    weight: number(row.weight),
    plannedMinutes: number(row['planned minutes']),
    ...{
      module: { dueOn: '2026-09-13' },
      quiz: { minScore: 0.5, modality: 'assessment' },
      class: {
        modality: 'in-person',
        startsAt: iso(when(10, 9)),
        endsAt: iso(when(10, 12)),
        minAttendance: 0.8,
      },
    }[row.unit ?? ''],
  })),
};

/** What is sent to the product. */
export type Sent =
  | { readonly kind: 'statement'; readonly body: object }
  | { readonly kind: 'register'; readonly body: object }
  | { readonly kind: 'waiver'; readonly body: object; readonly at: number };

/** `3 quiz 16/20` -> what is sent for it. */
export function sent(learner: string, what: string): readonly Sent[] {
  const [day = '', ...rest] = what.trim().split(' ');
  const words = rest.join(' ');
  const said = (verb: string, unit: string, at: number, result?: object): Sent => ({
    kind: 'statement',
    body: {
      actor: actor(learner),
      verb: { id: verb },
      object: { id: idOf(unit) },
      timestamp: iso(at),
      ...(result && { result }),
    },
  });
  const adl = 'http://adlnet.gov/expapi/verbs';
  const at = when(number(day));
  const score = /^quiz (\d+)\/(\d+)$/.exec(words);
  const stay = /^class from (\d+):(\d+) to (\d+):(\d+)$/.exec(words);
  const register = /^class (present|excused)(?: (\d+) min)?$/.exec(words);
  const verb = /^(opened|finished) (module|quiz)$/.exec(words);
  if (score)
    return [
      said(`${adl}/scored`, 'quiz', at, { score: { raw: number(score[1]), min: 0, max: number(score[2]) } }),
    ];
  if (verb) return [said(`${adl}/${verb[1] === 'opened' ? 'experienced' : 'completed'}`, verb[2] ?? '', at)];
  if (stay) {
    const [from, to] = [number(stay[1]) + number(stay[2]) / 60, number(stay[3]) + number(stay[4]) / 60];
    return [
      said('http://activitystrea.ms/join', 'class', when(number(day), from)),
      said('http://activitystrea.ms/leave', 'class', when(number(day), to)),
    ];
  }
  if (register) {
    const minutes = register[2] === undefined ? {} : { minutes: number(register[2]) };
    return [
      {
        kind: 'register',
        body: { actor: actor(learner), session: idOf('class'), status: register[1], ...minutes },
      },
    ];
  }
  if (words === 'class waived')
    return [{ kind: 'waiver', body: { actor: actor(learner), unit: idOf('class'), reason: 'example' }, at }];
  throw new Error(`nobody knows how to send ${JSON.stringify(what)}`);
}
