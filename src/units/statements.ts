import type { Agent } from '../../xapi/statement/types.ts';
import { type OwnPlace, ownActivity, ownContext } from '../cohorts/own-statements.ts';
import type { OwnUnit } from './own-units.ts';

const LESSON = 'http://adlnet.gov/expapi/activities/lesson';

/** What we say of units that are pages of ours. */
const VERBS = {
  completed: { id: 'http://adlnet.gov/expapi/verbs/completed', en: 'completed', fr: 'a terminé' },
  launched: { id: 'http://adlnet.gov/expapi/verbs/launched', en: 'launched', fr: 'a ouvert' },
  viewed: { id: 'http://id.tincanapi.com/verb/viewed', en: 'viewed', fr: 'a consulté' },
  abandoned: { id: 'https://w3id.org/xapi/adl/verbs/abandoned', en: 'abandoned', fr: 'a abandonné' },
  voided: { id: 'http://adlnet.gov/expapi/verbs/voided', en: 'voided', fr: 'a annulé' },
} as const;

function verb(name: keyof typeof VERBS) {
  const { id, en, fr } = VERBS[name];
  return { id, display: { en, fr } };
}

/** One thing said of a learner and a unit. */
export interface Said {
  /** UUID. */
  readonly id: string;
  readonly actor: Agent;
  readonly unit: OwnUnit;
  readonly place: OwnPlace;
  /** ms since the epoch. */
  readonly at: number;
}

function aboutUnit(
  { id, actor, unit, place, at }: Said,
  name: keyof typeof VERBS,
  result?: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return {
    id,
    actor,
    verb: verb(name),
    object: ownActivity(unit.id, LESSON, unit.title ?? null),
    ...(result === undefined ? {} : { result }),
    context: ownContext(place),
    timestamp: new Date(at).toISOString(),
  };
}

/** The learner says that they have done it. */
export function doneStatement(said: Said) {
  return aboutUnit(said, 'completed', { completion: true });
}

/** We opened content that speaks for itself from here on: a visit (vocabulary.md). */
export function launchedStatement(said: Said) {
  return aboutUnit(said, 'launched');
}

/** The learner opened content that says nothing: of a unit that is a start, as in an LMS (vocabulary.md "viewed"). */
export function viewedStatement(said: Said) {
  return aboutUnit(said, 'viewed');
}

/** A session of cmi5 content that never said it had ended (cmi5 9.3.6); `lasted` in ms. */
export function abandonedStatement(said: Said, lasted: number) {
  return aboutUnit(said, 'abandoned', { duration: `PT${(Math.max(0, lasted) / 1000).toFixed(2)}S` });
}

/** The learner takes back what they said. */
export function voidingStatement(given: {
  readonly id: string;
  readonly actor: Agent;
  readonly voided: string;
  readonly at: number;
}): Readonly<Record<string, unknown>> {
  return {
    id: given.id,
    actor: given.actor,
    verb: verb('voided'),
    object: { objectType: 'StatementRef', id: given.voided },
    timestamp: new Date(given.at).toISOString(),
  };
}
