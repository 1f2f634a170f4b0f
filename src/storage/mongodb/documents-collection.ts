import { Schema } from 'mongoose';
import type { DocumentKey } from '../ports/document-store.ts';
import { type CollectionDefinition, SCHEMA_OPTIONS } from './collection.ts';

/** A document; `_id` is of its whole key. */
export interface DocumentFields extends DocumentKey {
  readonly _id: string;
  readonly contentType: string;
  readonly content: Uint8Array;
  readonly etag: string;
  readonly updatedAt: number;
  /** Another one with every change: what was read is what is changed. */
  readonly revision: string;
}

const schema = new Schema<DocumentFields>(
  {
    _id: String,
    org: String,
    kind: String,
    activity: String,
    agent: String,
    registration: String,
    id: String,
    contentType: String,
    content: Buffer,
    etag: String,
    updatedAt: Number,
    revision: String,
  },
  SCHEMA_OPTIONS,
);
schema.index({ org: 1, kind: 1, activity: 1, agent: 1, registration: 1, id: 1 });
schema.index({ org: 1, agent: 1 });

export const DOCUMENTS: CollectionDefinition<DocumentFields> = { name: 'documents', schema };
