import { attachmentOperations } from './attachments.ts';
import { cohortOperations } from './cohorts.ts';
import { documentOperations } from './documents.ts';
import { factOperations } from './facts.ts';
import { keyOperations } from './keys.ts';
import { ltiOperations } from './lti.ts';
import { profileOperations } from './profiles.ts';
import { statementOperations } from './statements.ts';

/** Every operation of the embedded store, by name. */
export const operations = {
  ...statementOperations,
  ...attachmentOperations,
  ...keyOperations,
  ...ltiOperations,
  ...cohortOperations,
  ...factOperations,
  ...documentOperations,
  ...profileOperations,
};

export type Operations = typeof operations;
export type OperationName = keyof Operations;
export type InputOf<Name extends OperationName> = Parameters<Operations[Name]['run']>[1];
export type OutputOf<Name extends OperationName> = ReturnType<Operations[Name]['run']>;
