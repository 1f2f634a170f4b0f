import type { ProfileStore } from '../../ports/profile-store.ts';
import { byKeys } from '../by-keys.ts';
import type { MongoContext } from '../context.ts';
import { keyOf } from '../keys.ts';
import { ACTIVITIES, AGENT_NAMES } from './said-collections.ts';

export function createProfiles({ model }: MongoContext): ProfileStore {
  const activities = model(ACTIVITIES);
  const names = model(AGENT_NAMES);
  return {
    definitions: async (org, ids) => {
      const keys = [...new Set(ids)].map((id) => keyOf(org, id));
      const found = await byKeys(activities, keys, ['id', 'definition']);
      const definitions = new Map(found.map(({ id, definition }) => [id, definition]));
      return ids.flatMap((id) => {
        const definition = definitions.get(id);
        return definition === undefined ? [] : [{ id, definition }];
      });
    },
    names: async (org, actor) => {
      const found = await names.find({ org, actor }, { name: 1 }).lean<{ readonly name: string }[]>();
      return found.map(({ name }) => name).sort();
    },
  };
}
