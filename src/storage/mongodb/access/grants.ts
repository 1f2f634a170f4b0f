import type { Grant, GrantStore } from '../../ports/grant-store.ts';
import type { MongoContext } from '../context.ts';
import { createDecisions } from '../decisions.ts';
import { keyOf } from '../keys.ts';
import { GRANTS, type GrantFields } from './grants-collection.ts';

export const revocationOf = (id: string): string => keyOf('grant revoked', id);

export function createGrants(context: MongoContext): GrantStore {
  const grants = context.model(GRANTS);
  const decisions = createDecisions(context);
  const standing = async (where: Partial<GrantFields>): Promise<readonly Grant[]> => {
    const found = await grants.find(where).sort({ grantedAt: 1, _id: 1 }).lean<GrantFields[]>();
    const revoked = await decisions.among(found.map(({ _id }) => revocationOf(_id)));
    return found.filter(({ _id }) => !revoked.has(revocationOf(_id))).map(({ value }) => JSON.parse(value));
  };
  return {
    insert: async (grant) => {
      const { id, org, registrationId, sub, grantedAt } = grant;
      await grants.insertOne({ _id: id, org, registrationId, sub, grantedAt, value: JSON.stringify(grant) });
    },
    of: (org, registrationId, sub) => standing({ org, registrationId, sub }),
    list: (org) => standing({ org }),
    revoke: async (org, id, by, at) => {
      const grant = await grants.findOne({ _id: id }).lean<GrantFields>();
      return grant?.org === org && (await decisions.decide({ _id: revocationOf(id), at, by }));
    },
  };
}
