import type { CohortStore, DefinitionVersion } from '../../ports/cohort-store.ts';
import type { MongoContext } from '../context.ts';
import { keyOf } from '../keys.ts';
import { numbered } from '../numbered.ts';
import { DEFINITIONS, type DefinitionFields } from './definitions-collection.ts';

/** Versions that are remembered: they never change. */
const REMEMBERED = 200;

function toVersion({ _id, within, n, ...kept }: DefinitionFields): DefinitionVersion {
  return { ...kept, version: n };
}

type Named = Pick<DefinitionFields, '_id' | 'within' | 'n'>;

/** Versions of cohorts' definitions: whoever inserts a number has it. */
export function createDefinitionVersions({
  model,
}: MongoContext): Pick<CohortStore, 'addVersion' | 'addVersionAfter' | 'currentVersions' | 'versions'> {
  const definitions = model(DEFINITIONS);
  const versions = numbered(definitions, (numbers, record) => ({ ...numbers, ...record }));
  const remembered = new Map<string, DefinitionVersion>();

  const versionsOf = async (ids: readonly string[]): Promise<readonly DefinitionVersion[]> => {
    const unknown = ids.filter((id) => !remembered.has(id));
    const read =
      unknown.length === 0
        ? []
        : await definitions.find({ _id: { $in: unknown } }).lean<DefinitionFields[]>();
    const found = new Map(read.map((each) => [each._id, toVersion(each)]));
    const answer = ids.flatMap((id) => found.get(id) ?? remembered.get(id) ?? []);
    for (const [id, version] of found) remembered.set(id, version);
    for (const id of remembered.keys()) if (remembered.size > REMEMBERED) remembered.delete(id);
    return answer;
  };

  return {
    addVersion: async (version) => ({
      ...version,
      version: await versions.add([version.org, version.cohortId], version),
    }),
    addVersionAfter: async (version, newest) => {
      const n = await versions.addAfter([version.org, version.cohortId], newest, version);
      return n === null ? null : { ...version, version: n };
    },
    currentVersions: async (org) => {
      const all = await definitions
        .find(org === null ? {} : { org }, { _id: 1, within: 1, n: 1 })
        .sort({ org: 1, cohortId: 1, n: 1 })
        .lean<Named[]>();
      return versionsOf([...new Map(all.map(({ within, _id }) => [within, _id])).values()]);
    },
    versions: async (org, cohortId) => {
      const found = await definitions
        .find({ within: keyOf(org, cohortId) })
        .sort({ n: 1 })
        .lean<DefinitionFields[]>();
      return found.map(toVersion);
    },
  };
}
