import { Schema } from 'mongoose';
import { type CollectionDefinition, SCHEMA_OPTIONS } from '../collection.ts';

/** An opening of content. That its token was used, which key it got and that it is over are decisions. */
export interface ContentSessionFields {
  readonly _id: string;
  readonly org: string;
  readonly enrolmentId: string;
  readonly unit: string;
  readonly actor: string;
  readonly fetchHash: string;
  readonly openedAt: number;
  /** The session as JSON, as it was inserted. */
  readonly value: string;
}

const schema = new Schema<ContentSessionFields>(
  {
    _id: String,
    org: String,
    enrolmentId: String,
    unit: String,
    actor: String,
    fetchHash: String,
    openedAt: Number,
    value: String,
  },
  SCHEMA_OPTIONS,
);
schema.index({ fetchHash: 1 });
schema.index({ org: 1, enrolmentId: 1, unit: 1, openedAt: 1 });
schema.index({ org: 1, actor: 1 });

export const CONTENT_SESSIONS: CollectionDefinition<ContentSessionFields> = {
  name: 'content_sessions',
  schema,
};
