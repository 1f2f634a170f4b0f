import { Schema } from 'mongoose';
import type { DeadLetter, NewDeadLetter } from '../../ports/forward-store.ts';
import { type CollectionDefinition, SCHEMA_OPTIONS } from '../collection.ts';

/** A target as it was inserted. */
export interface ForwardFields {
  readonly _id: string;
  readonly org: string;
  readonly createdAt: number;
  /** The target as JSON. */
  readonly value: string;
}

const forwards = new Schema<ForwardFields>(
  { _id: String, org: String, createdAt: Number, value: String },
  SCHEMA_OPTIONS,
);
forwards.index({ org: 1, createdAt: 1 });

export const FORWARDS: CollectionDefinition<ForwardFields> = { name: 'forwards', schema: forwards };

/** A step of a target; `_id` is of the target and the position it begins at, so that there is one from each. */
export interface ForwardStepFields {
  readonly _id: string;
  readonly target: string;
  readonly from: number;
  readonly to: number;
  /** When a statement was last taken there, by the end of this step, ms. */
  readonly lastSuccessAt: number | null;
  /** Dead letters of the step; empty once they have records of their own. */
  readonly dead: readonly NewDeadLetter[];
}

const steps = new Schema<ForwardStepFields>(
  {
    _id: String,
    target: String,
    from: Number,
    to: Number,
    lastSuccessAt: Number,
    dead: {
      type: [{ statementId: String, seq: Number, reason: String, status: Number, at: Number, _id: false }],
    },
  },
  SCHEMA_OPTIONS,
);
steps.index({ target: 1, to: 1 });

export const FORWARD_STEPS: CollectionDefinition<ForwardStepFields> = {
  name: 'forward_steps',
  schema: steps,
};

/** A statement that was refused; `_id` is of target and statement. That it was resolved is a decision. */
export interface DeadLetterFields extends Omit<DeadLetter, 'resolvedAt'> {
  readonly _id: string;
  /** Another one each time that it is refused: what was resolved before is open again. */
  readonly refusal: string;
}

const letters = new Schema<DeadLetterFields>(
  {
    _id: String,
    refusal: String,
    org: String,
    target: String,
    statementId: String,
    seq: Number,
    reason: String,
    status: Number,
    at: Number,
  },
  SCHEMA_OPTIONS,
);
letters.index({ target: 1, seq: 1 });

export const DEAD_LETTERS: CollectionDefinition<DeadLetterFields> = { name: 'dead_letters', schema: letters };
