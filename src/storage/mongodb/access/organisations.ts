import { Schema } from 'mongoose';
import type { OrganisationStore } from '../../ports/organisation-store.ts';
import { type CollectionDefinition, SCHEMA_OPTIONS } from '../collection.ts';
import type { MongoContext } from '../context.ts';
import { put } from '../put.ts';

/** How an organisation appears; `_id` is its name, `value` the record as JSON. */
export interface OrganisationFields {
  readonly _id: string;
  readonly value: string;
}

export const ORGANISATIONS: CollectionDefinition<OrganisationFields> = {
  name: 'organisations',
  schema: new Schema<OrganisationFields>({ _id: String, value: String }, SCHEMA_OPTIONS),
};

export function createOrganisations({ model }: MongoContext): OrganisationStore {
  const organisations = model(ORGANISATIONS);
  return {
    find: async (org) => {
      const found = await organisations.findOne({ _id: org }).lean<OrganisationFields>();
      return found && JSON.parse(found.value);
    },
    save: (record) => put(organisations, { _id: record.org, value: JSON.stringify(record) }),
  };
}
