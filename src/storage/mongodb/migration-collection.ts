import { Schema } from 'mongoose';
import { AssiduError } from '../../base/errors.ts';
import { type CollectionDefinition, SCHEMA_OPTIONS } from './collection.ts';
import type { MongoContext } from './context.ts';

/** How far a store was moved into this database; there is one record. */
export interface MigrationFields {
  readonly _id: string;
  /** Which store it is, and what it had in it when the move began (src/storage/migration/source.ts). */
  readonly identity: string;
  readonly stamp: string;
  /** ms since the epoch. */
  readonly begunAt: number;
  /** Null until all of it is there and was compared. */
  readonly finishedAt: number | null;
}

export const MIGRATIONS: CollectionDefinition<MigrationFields> = {
  name: 'migrations',
  schema: new Schema<MigrationFields>(
    { _id: String, identity: String, stamp: String, begunAt: Number, finishedAt: Number },
    SCHEMA_OPTIONS,
  ),
};

export const MIGRATION = 'from the embedded store';

/** How far one part of it was moved; `_id` is its name. */
export interface MigrationStepFields {
  readonly _id: string;
  /** Where to go on, as JSON. */
  readonly after: string;
  readonly rows: number;
}

export const MIGRATION_STEPS: CollectionDefinition<MigrationStepFields> = {
  name: 'migration_steps',
  schema: new Schema<MigrationStepFields>({ _id: String, after: String, rows: Number }, SCHEMA_OPTIONS),
};

/** Throws `storage` while a store is being moved into this database: what is there is not all of it. */
export async function refuseUnfinished({ model }: MongoContext): Promise<void> {
  const migration = await model(MIGRATIONS).findOne({ _id: MIGRATION }).lean<MigrationFields | null>();
  if (migration && migration.finishedAt === null)
    throw new AssiduError(
      'storage',
      'a store is being moved into this database: let assidu migrate come to its end, or call it again',
    );
}
