import { Schema } from 'mongoose';
import { type CollectionDefinition, SCHEMA_OPTIONS } from '../collection.ts';

/** How it stands with an account at another LRS; `_id` is of its kind and id. */
export interface AccountMarkFields {
  readonly _id: string;
  readonly attempts: number;
  readonly nextAttemptAt: number | null;
  readonly lastError: string | null;
  readonly lastSuccessAt: number | null;
  readonly paused: boolean;
  /** The position that the failures are of: once it is passed, they are no more. Null where there is none. */
  readonly failedAt: number | null;
}

const schema = new Schema<AccountMarkFields>(
  {
    _id: String,
    attempts: Number,
    nextAttemptAt: Number,
    lastError: String,
    lastSuccessAt: Number,
    paused: Boolean,
    failedAt: Number,
  },
  SCHEMA_OPTIONS,
);

export const ACCOUNT_MARKS: CollectionDefinition<AccountMarkFields> = { name: 'account_marks', schema };
