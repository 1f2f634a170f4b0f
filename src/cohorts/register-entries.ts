import { ENTRIES, type Recorder } from '../../xapi/vocabulary/event.ts';
import { isRecordedLater } from '../progress/evidence.ts';
import type { KnownFact } from '../progress/fact.ts';

/** What a register says of a learner in a session. */
export const REGISTER_STATUSES = ['present', 'absent', 'excused'] as const;
export type RegisterStatus = (typeof REGISTER_STATUSES)[number];

/** The register entry that holds for a learner in a session. */
export interface RegisterEntry {
  /** Id of its statement. */
  readonly id: string;
  readonly learnerId: string;
  /** Actor key it was recorded under. */
  readonly actor: string;
  readonly session: string;
  readonly status: RegisterStatus;
  /** Null: the whole session, or none told. */
  readonly minutes: number | null;
  /** ms since the epoch. */
  readonly recordedAt: number;
  readonly recorder: Recorder | null;
}

/** All that was ever told of one learner and one unit. */
export interface Told {
  /** Not voided, the one recorded last first. */
  readonly standing: readonly KnownFact[];
  /** The one recorded last, voided ones included. */
  readonly last: KnownFact | null;
}

const NOTHING: Told = { standing: [], last: null };

/** Looks up what was told of learners and units by facts with an entry and one of these meanings. */
export function toldOf(
  facts: readonly KnownFact[],
  personOf: (actor: string) => string | null,
  isMeant: (fact: KnownFact) => boolean,
): (learnerId: string, unit: string) => Told {
  const told = new Map<string, KnownFact[]>();
  for (const fact of facts) {
    const learnerId = fact.entry === undefined || !isMeant(fact) ? null : personOf(fact.actor);
    if (learnerId === null) continue;
    for (const { unit, bearing } of fact.units) {
      if (bearing !== 'self') continue;
      const key = `${learnerId}\n${unit}`;
      told.set(key, [...(told.get(key) ?? []), fact]);
    }
  }
  for (const each of told.values()) each.sort((a, b) => (isRecordedLater(a, b) ? -1 : 1));
  return (learnerId, unit) => {
    const all = told.get(`${learnerId}\n${unit}`);
    if (all === undefined) return NOTHING;
    return { standing: all.filter(({ voidedAt }) => voidedAt === null), last: all[0] ?? null };
  };
}

/** What a register told of learners and sessions. */
export function registerOf(facts: readonly KnownFact[], personOf: (actor: string) => string | null) {
  return toldOf(facts, personOf, ({ meaning }) => ENTRIES.has(meaning));
}

/** The entry that a fact of a register is. */
export function entryOfFact(fact: KnownFact, learnerId: string, session: string): RegisterEntry {
  const { meaning, entry } = fact;
  return {
    id: fact.statementId,
    learnerId,
    actor: fact.actor,
    session,
    status: meaning === 'attended' ? 'present' : meaning === 'excused' ? 'excused' : 'absent',
    minutes: entry?.minutes ?? null,
    recordedAt: fact.stored,
    recorder: entry?.recorder ?? null,
  };
}
