import type { Statement } from '../statement/types.ts';
import type { ObjectKind } from './event.ts';

/** event-routing-backends says in this context extension by which of its versions it was written. */
const TRANSFORMER = 'https://w3id.org/xapi/openedx/extension/transformer-version';
const EARNED = 'http://id.tincanapi.com/verb/earned';
const VERDICT = /^http:\/\/adlnet\.gov\/expapi\/verbs\/(passed|failed)$/;

/** Told by Open edX through event-routing-backends. */
export function isOpenEdx({ context }: Statement): boolean {
  return context?.extensions?.[TRANSFORMER] !== undefined;
}

/**
 * A grade that Open edX worked out by itself: `earned` for a course or a part of it, `passed` and `failed` of a course. It
 * does so again whenever somebody regrades, so that nobody came back because of it.
 */
export function isOpenEdxGrade(statement: Statement, objectKind: ObjectKind): boolean {
  const { id } = statement.verb;
  return isOpenEdx(statement) && (id === EARNED || (objectKind === 'course' && VERDICT.test(id)));
}
