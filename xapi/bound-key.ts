import { AssiduError, type Problem } from '../src/base/errors.ts';
import type { DocumentScope } from '../src/storage/ports/document-store.ts';
import type { AccessKey, KeyBounds } from '../src/storage/ports/key-store.ts';
import { actorKey } from './statement/ifi.ts';
import { VOIDED } from './statement/schema/verb.ts';
import type { Statement } from './statement/types.ts';
import { inBatch } from './statement/validate.ts';

/** What an LMS tells the content it launches; content reads it and leaves it as it is (cmi5 10.2.1). */
const LAUNCH_DATA = 'LMS.LaunchData';

/** A statement and its place in the batch it came in; null when it came by itself. */
export interface PlacedStatement {
  readonly statement: Statement;
  readonly index: number | null;
}

/**
 * Holds what a key for browser content writes to its learner and registration; whatever another key writes passes.
 * Throws `forbidden` naming the property of each statement at fault.
 */
export function checkStatements({ boundTo }: AccessKey, statements: readonly PlacedStatement[]): void {
  if (boundTo === null) return;
  const problems = statements.flatMap(({ statement, index }) => {
    const refusal = refusalOf(boundTo, statement);
    return refusal === null ? [] : [inBatch(refusal, index)];
  });
  const [first] = problems;
  if (first) throw new AssiduError('forbidden', `${first.path}: ${first.message}`, { problems });
}

function refusalOf({ actor, registration }: KeyBounds, statement: Statement): Problem | null {
  if (statement.actor.objectType === 'Group' || actorKey(statement.actor) !== actor)
    return { path: 'actor', message: 'is not the learner this key is bound to' };
  if (statement.verb.id === VOIDED)
    return { path: 'verb', message: 'must not be voided: a key for content voids nothing (cmi5 6.3)' };
  if (registration === null) return null;
  const path = 'context.registration';
  const sent = statement.context?.registration?.toLowerCase();
  if (sent === undefined) return { path, message: 'is needed: this key is bound to one registration' };
  return sent === registration ? null : { path, message: 'is not the one this key is bound to' };
}

/** Holds /agents to the learner of a bound key. Throws `forbidden`. */
export function checkAgent({ boundTo }: AccessKey, agent: string): void {
  if (boundTo !== null && boundTo.actor !== agent)
    throw refused('agent', 'is not the learner this key is bound to');
}

/**
 * Holds documents to the learner of a bound key: states (of its registration, where the request names one) and the agent
 * profile are the learner's own, activity profiles are everybody's and only read, and so is what the LMS said at the
 * launch. `id` null: all documents of the scope. Throws `forbidden` naming the parameter.
 */
export function checkDocuments(
  key: AccessKey,
  action: 'read' | 'write',
  scope: Omit<DocumentScope, 'org'>,
  id: string | null,
): void {
  if (key.boundTo === null) return;
  if (scope.kind === 'activity-profile') {
    if (action === 'write') throw refused('activityId', 'a key for content reads activity profiles only');
    return;
  }
  checkAgent(key, scope.agent);
  if (scope.kind !== 'state') return;
  const { registration } = key.boundTo;
  if (registration !== null && scope.registration !== null && scope.registration !== registration)
    throw refused('registration', 'is not the one this key is bound to');
  if (action === 'write' && id === null)
    throw refused('stateId', 'is needed: a key for content removes one state at a time');
  if (action === 'write' && id === LAUNCH_DATA)
    throw refused('stateId', `${LAUNCH_DATA} is the LMS's own (cmi5 10.2.1)`);
}

function refused(path: string, message: string): AssiduError {
  return new AssiduError('forbidden', `${path}: ${message}`, { problems: [{ path, message }] });
}
