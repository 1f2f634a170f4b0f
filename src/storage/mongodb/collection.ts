import type { Connection, Model, Schema } from 'mongoose';

/** A collection with its fields and its indexes. `_id` is the natural key as a text (keys.ts) wherever there is one. */
export interface CollectionDefinition<Fields> {
  readonly name: string;
  readonly schema: Schema<Fields>;
}

/** What every schema has in common: nothing is made or counted behind our back. */
export const SCHEMA_OPTIONS = {
  versionKey: false,
  autoIndex: false,
  autoCreate: false,
  minimize: false,
  strict: true,
} as const;

/** The collection over a connection of ours. */
export function modelOf<Fields>(
  connection: Connection,
  { name, schema }: CollectionDefinition<Fields>,
): Model<Fields> {
  return connection.model<Fields>(name, schema, name, { overwriteModels: true });
}
