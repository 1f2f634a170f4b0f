import { Schema } from 'mongoose';
import { type CollectionDefinition, SCHEMA_OPTIONS } from '../collection.ts';

/** Attached data that is kept; `_id` is of organisation and digest. */
export interface AttachmentFields {
  readonly _id: string;
  readonly org: string;
  readonly sha2: string;
  /** Bytes. */
  readonly length: number;
  /** Under what its bytes are. */
  readonly upload: string;
}

const schema = new Schema<AttachmentFields>(
  { _id: String, org: String, sha2: String, length: Number, upload: String },
  SCHEMA_OPTIONS,
);
schema.index({ org: 1, sha2: 1 });
schema.index({ upload: 1 });

export const ATTACHMENTS: CollectionDefinition<AttachmentFields> = { name: 'attachments', schema };

/** That a statement has attached data; `_id` is of organisation, statement and digest. */
export interface AttachmentUseFields {
  readonly _id: string;
  readonly org: string;
  readonly statement: string;
  readonly sha2: string;
  readonly contentType: string;
}

const useSchema = new Schema<AttachmentUseFields>(
  { _id: String, org: String, statement: String, sha2: String, contentType: String },
  SCHEMA_OPTIONS,
);
useSchema.index({ org: 1, statement: 1, sha2: 1 });
useSchema.index({ org: 1, sha2: 1 });

export const ATTACHMENT_USES: CollectionDefinition<AttachmentUseFields> = {
  name: 'attachment_uses',
  schema: useSchema,
};

/** Bytes that came with one request; `_id` is of the upload and the number of the part. */
export interface UploadPartFields {
  readonly _id: string;
  readonly upload: string;
  readonly part: number;
  /** When it was written, ms. */
  readonly at: number;
  readonly bytes: Uint8Array;
}

const partSchema = new Schema<UploadPartFields>(
  { _id: String, upload: String, part: Number, at: Number, bytes: Buffer },
  SCHEMA_OPTIONS,
);
partSchema.index({ upload: 1, part: 1 });
partSchema.index({ part: 1, at: 1 });

export const UPLOAD_PARTS: CollectionDefinition<UploadPartFields> = {
  name: 'upload_parts',
  schema: partSchema,
};
