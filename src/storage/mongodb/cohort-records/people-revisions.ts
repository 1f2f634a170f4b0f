import { Schema } from 'mongoose';
import { type CollectionDefinition, SCHEMA_OPTIONS } from '../collection.ts';
import type { MongoContext } from '../context.ts';
import { put } from '../put.ts';

/** `_id` is the organisation; the revision is another one whenever its people or enrolments have changed. */
export interface PeopleRevisionFields {
  readonly _id: string;
  readonly revision: string;
}

export const PEOPLE_REVISIONS: CollectionDefinition<PeopleRevisionFields> = {
  name: 'people_revisions',
  schema: new Schema<PeopleRevisionFields>({ _id: String, revision: String }, SCHEMA_OPTIONS),
};

/** How long what was read may be believed when whoever changed it came no further than that, ms. */
const BELIEVED = 20_000;

export interface PeopleRevisions {
  /** Tells that people or enrolments of an organisation were changed; after the change, before it is acknowledged. */
  changed(org: string): Promise<void>;
  /** Whoever has read something under the same revision need not read it again. */
  of(org: string): Promise<string>;
}

export function createPeopleRevisions({ model, elapsed, newId }: MongoContext): PeopleRevisions {
  const revisions = model(PEOPLE_REVISIONS);
  return {
    changed: (org) => put(revisions, { _id: org, revision: newId() }),
    of: async (org) => {
      const found = await revisions.findOne({ _id: org }).lean<PeopleRevisionFields | null>();
      return `${found?.revision ?? ''} ${Math.floor(elapsed() / BELIEVED)}`;
    },
  };
}
