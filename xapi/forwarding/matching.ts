import type { ForwardTarget } from '../../src/storage/ports/forward-store.ts';
import type { StatementStore, StoredStatement } from '../../src/storage/ports/statement-store.ts';
import { mentionedActivities } from '../statement/mentions.ts';
import { VOIDED } from '../statement/schema/verb.ts';
import type { Statement } from '../statement/types.ts';

/** Tells which statements are evidence of cohorts; handed in by who knows cohorts. */
export type EvidenceOf = (
  org: string,
  cohorts: readonly string[],
) => Promise<(kept: StoredStatement) => boolean>;

export interface MatchingDeps {
  readonly statements: Pick<StatementStore, 'get'>;
  readonly evidenceOf: EvidenceOf;
  /** Keys of what came from this endpoint. */
  readonly keysOf: (org: string, url: string) => Promise<readonly string[]>;
}

/**
 * Whether a statement goes to a target. Not what came from there, and not what was voided before it came. A voiding
 * statement goes where the statement that it voids goes, and only if it has effect here: at the target all statements
 * have one writer, which may void them all.
 */
export async function matcherOf(
  target: ForwardTarget,
  { statements, evidenceOf, keysOf }: MatchingDeps,
): Promise<(kept: StoredStatement) => Promise<boolean>> {
  const { org, filter } = target;
  const [pulled, isEvidence] = await Promise.all([
    keysOf(org, target.url),
    filter.cohorts.length === 0 ? null : evidenceOf(org, filter.cohorts),
  ]);
  const [verbs, activities] = [new Set(filter.verbs), new Set(filter.activities)];

  const passes = (kept: StoredStatement, statement: Statement): boolean =>
    !pulled.includes(kept.writer.keyId) &&
    !(kept.voidedAt !== null && kept.voidedAt < kept.stored) &&
    (verbs.size === 0 || verbs.has(statement.verb.id)) &&
    (activities.size === 0 || mentionedActivities(statement).some(({ id }) => activities.has(id))) &&
    (isEvidence === null || isEvidence(kept));

  return async (kept) => {
    if (kept.org !== org || pulled.includes(kept.writer.keyId)) return false;
    // Read already when it was accepted.
    const statement: Statement = JSON.parse(kept.text);
    const { object, verb } = statement;
    if (verb.id !== VOIDED || object.objectType !== 'StatementRef') return passes(kept, statement);
    const voided = await statements.get(org, object.id.toLowerCase());
    if (voided === null) return kept.writer.voidsAny;
    const effective = kept.writer.voidsAny || voided.writer.keyId === kept.writer.keyId;
    return effective && passes(voided, JSON.parse(voided.text));
  };
}
