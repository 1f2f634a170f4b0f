import { type CohortDefinition, cohortDefinitionSchema } from '../../config/cohort-definition.ts';
import { AssiduError, type Problem } from '../base/errors.ts';
import type { CohortStore, DefinitionVersion } from '../storage/ports/cohort-store.ts';

/** A cohort's definition as it holds, with its version. */
export interface Cohort {
  readonly org: string;
  readonly id: string;
  readonly version: number;
  /** ms since the epoch. */
  readonly recordedAt: number;
  readonly definition: CohortDefinition;
}

/** Applies, shows and removes definitions; every change is a version that stays (metrics.md, `knownAt`). */
export interface Definitions {
  /** Throws `invalid-definition` with a problem for each field at fault. `unchanged` when it says what holds already. */
  apply(
    org: string,
    input: unknown,
    by: string,
    expectedId?: string,
  ): Promise<{ readonly cohort: Cohort; readonly outcome: 'created' | 'changed' | 'unchanged' }>;
  /**
   * Keeps a version made of the one numbered `newest` (0: of none, the cohort is new). `conflict`, and nothing is kept,
   * when that is no longer the newest: `held` is then the cohort as it is, null where it was removed or is not there.
   */
  save(
    org: string,
    definition: CohortDefinition,
    by: string,
    newest: number,
  ): Promise<
    | { readonly outcome: 'saved' | 'unchanged'; readonly cohort: Cohort }
    | { readonly outcome: 'conflict'; readonly held: Cohort | null }
  >;
  /** All versions of a cohort, oldest first, removals too; none for one that never was. */
  versions(org: string, id: string): Promise<readonly DefinitionVersion[]>;
  list(org: string): Promise<readonly Cohort[]>;
  listAll(): Promise<readonly Cohort[]>;
  /** The cohort as known at an instant (ms; null: now). Throws `not-found`. */
  show(org: string, id: string, knownAt: number | null): Promise<Cohort>;
  /** Throws `not-found`. */
  remove(org: string, id: string, by: string): Promise<void>;
}

/** Reads a definition. Throws `invalid-definition` naming the fields at fault (`units[2].minScore`). */
export function parseDefinition(input: unknown): CohortDefinition {
  const parsed = cohortDefinitionSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.flatMap((issue): Problem[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          path: pathText([...issue.path, key]),
          message: 'is not a field of a cohort',
        }))
      : [{ path: pathText(issue.path), message: issue.message }],
  );
  const [first] = problems;
  throw new AssiduError('invalid-definition', `${first?.path || 'definition'}: ${first?.message}`, {
    problems,
  });
}

export function createDefinitions(store: CohortStore, clock: () => number): Definitions {
  const current = async (org: string, id: string) => (await store.versions(org, id)).at(-1);
  return {
    apply: async (org, input, by, expectedId) => {
      const definition = parseDefinition(input);
      if (expectedId !== undefined && definition.id !== expectedId)
        throw new AssiduError('invalid-definition', `id: must be ${expectedId}, as in the address`, {
          problems: [{ path: 'id', message: `must be ${expectedId}, as in the address` }],
        });
      const held = await current(org, definition.id);
      const text = JSON.stringify(definition);
      if (held && !held.removed && held.definition === text)
        return { cohort: toCohort(held), outcome: 'unchanged' };
      const version = await store.addVersion({
        org,
        cohortId: definition.id,
        definition: text,
        removed: false,
        recordedAt: clock(),
        recordedBy: by,
      });
      return { cohort: toCohort(version), outcome: held && !held.removed ? 'changed' : 'created' };
    },
    save: async (org, definition, by, newest) => {
      const held = await current(org, definition.id);
      const holds = held !== undefined && !held.removed ? toCohort(held) : null;
      // A cohort that was removed may be made anew; its number goes on.
      const expected = newest === 0 && holds === null ? (held?.version ?? 0) : newest;
      if (holds !== null && holds.version === expected && held?.definition === JSON.stringify(definition))
        return { outcome: 'unchanged', cohort: holds };
      const version = {
        org,
        cohortId: definition.id,
        definition: JSON.stringify(definition),
        removed: false,
        recordedAt: clock(),
        recordedBy: by,
      };
      const saved = await store.addVersionAfter(version, expected);
      if (saved !== null) return { outcome: 'saved', cohort: toCohort(saved) };
      const now = await current(org, definition.id);
      return { outcome: 'conflict', held: now !== undefined && !now.removed ? toCohort(now) : null };
    },
    versions: (org, id) => store.versions(org, id),
    list: async (org) => (await store.currentVersions(org)).filter(({ removed }) => !removed).map(toCohort),
    listAll: async () => (await store.currentVersions(null)).filter(({ removed }) => !removed).map(toCohort),
    show: async (org, id, knownAt) => {
      const versions = await store.versions(org, id);
      const known = versions.filter(({ recordedAt }) => knownAt === null || recordedAt <= knownAt).at(-1);
      if (!known || known.removed) throw unknownCohort(id);
      return toCohort(known);
    },
    remove: async (org, id, by) => {
      const held = await current(org, id);
      if (!held || held.removed) throw unknownCohort(id);
      await store.addVersion({
        org,
        cohortId: id,
        definition: held.definition,
        removed: true,
        recordedAt: clock(),
        recordedBy: by,
      });
    },
  };
}

/** A version as a cohort. */
export function toCohort(version: DefinitionVersion): Cohort {
  const definition: CohortDefinition = JSON.parse(version.definition);
  return {
    org: version.org,
    id: version.cohortId,
    version: version.version,
    recordedAt: version.recordedAt,
    definition,
  };
}

function unknownCohort(id: string): AssiduError {
  return new AssiduError('not-found', `there is no cohort ${id}`);
}

/** `units[2].minScore` */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, step) =>
      typeof step === 'number' ? `${text}[${step}]` : text === '' ? String(step) : `${text}.${String(step)}`,
    '',
  );
}
