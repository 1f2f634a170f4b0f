import type { CohortDefinitionInput } from '../../config/cohort-definition.ts';
import type { Presentation, Registration } from './read-oulad.ts';

/** Where the product listens, and the credentials of a key that may write statements and cohorts. */
export interface Door {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * How a presentation is loaded (metrics.md "Checked against real data"): `all` as it is; `curves` without those who
 * withdrew without a date; `naive` the same with nobody entering after the start, as the columns km_S* and km_se* have it.
 */
export const LOADS = ['all', 'curves', 'naive'] as const;
export type Load = (typeof LOADS)[number];

const SITE = 'https://oulad.example.org';
const BATCH = 500;
const DAY = 86_400_000;

/** Id of the cohort that a load makes. */
export function cohortId({ module, presentation }: Presentation, load: Load): string {
  return `oulad-${module}-${presentation}-${load}`.toLowerCase();
}

/** An instant of a day of the presentation: mid-day UTC is of the same date in London. */
export function instantOf({ presentation }: Presentation, day: number, hour = 12): string {
  return new Date(
    Date.parse(`${startOf(presentation)}T00:00:00Z`) + day * DAY + hour * 3_600_000,
  ).toISOString();
}

/** Loads a presentation as a client would: definitions, enrolments, then what students passed and failed. */
export async function loadPresentation(door: Door, presentation: Presentation): Promise<void> {
  for (const load of LOADS) {
    const path = `/api/v1/cohorts/${cohortId(presentation, load)}`;
    await send(door, 'PUT', path, definitionOf(presentation, load));
    await send(door, 'POST', `${path}/enrolments`, enrolmentsOf(presentation, load));
  }
  const statements = presentation.registrations.flatMap((each) => statementOf(presentation, each));
  for (let from = 0; from < statements.length; from += BATCH)
    await send(door, 'POST', '/xapi/statements', statements.slice(from, from + BATCH));
}

/** GET as JSON, as loose as JSON.parse says; throws what the product says when it is not 200. */
export async function ask(door: Door, path: string): Promise<ReturnType<typeof JSON.parse>> {
  return (await send(door, 'GET', path)).json();
}

async function send(door: Door, method: string, path: string, body?: unknown): Promise<Response> {
  const response = await fetch(`${door.url}${path}`, {
    method,
    headers: { ...door.headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response;
}

/** B presentations begin in February, J in October. */
function startOf(presentation: string): string {
  return `${presentation.slice(0, 4)}-${presentation.endsWith('B') ? '02' : '10'}-01`;
}

function definitionOf(presentation: Presentation, load: Load): CohortDefinitionInput {
  const course = `${presentation.module}-${presentation.presentation}`;
  return {
    id: cohortId(presentation, load),
    title: `${presentation.module} ${presentation.presentation}`,
    kind: 'spoc',
    timezone: 'Europe/London',
    startsOn: startOf(presentation.presentation),
    endsOn: instantOf(presentation, presentation.length).slice(0, 10),
    graceDays: 0,
    contexts: [{ platform: SITE, course }],
    units: [{ id: unitOf(presentation), satisfiedBy: 'Passed' }],
    dropout: { dropAfterDays: null },
  };
}

function unitOf({ module, presentation }: Presentation): string {
  return `${SITE}/${module}/${presentation}/result`;
}

function actorOf({ student }: Registration) {
  return { objectType: 'Agent', account: { homePage: SITE, name: student } };
}

function enrolmentsOf(presentation: Presentation, load: Load) {
  return presentation.registrations.map((each) => {
    const { registered, unregistered, result } = each;
    const from = load === 'naive' && registered !== null ? Math.min(registered, 0) : registered;
    const undated = result === 'Withdrawn' && unregistered === null;
    const ended = unregistered === null ? {} : { endedAt: instantOf(presentation, unregistered, 18) };
    return {
      actor: actorOf(each),
      // Without a date it is startsOn that is assumed, by the product.
      ...(from === null ? {} : { enrolledAt: instantOf(presentation, from) }),
      ...(unregistered === null ? {} : { ...ended, reason: 'withdrawn' }),
      ...(undated && load !== 'all'
        ? { endedAt: instantOf(presentation, presentation.length), reason: 'excluded' }
        : {}),
    };
  });
}

function statementOf(presentation: Presentation, each: Registration) {
  if (each.result === 'Withdrawn') return [];
  const verb = each.result === 'Fail' ? 'failed' : 'passed';
  return [
    {
      actor: actorOf(each),
      verb: { id: `http://adlnet.gov/expapi/verbs/${verb}` },
      object: { id: unitOf(presentation) },
      result: { success: verb === 'passed' },
      timestamp: instantOf(presentation, presentation.length),
    },
  ];
}
