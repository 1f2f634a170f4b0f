import type { NewStatement } from '../src/storage/ports/statement-store.ts';
import type { AcceptedStatement } from './statement/accepted.ts';
import { wrapContextActivities } from './statement/context-activities.ts';
import { withoutMembers } from './statement/raw-json.ts';
import { instantOf } from './statement/schema/instant.ts';
import { VOIDED } from './statement/schema/verb.ts';
import type { Agent, XapiVersion } from './statement/types.ts';
import { activitiesOf, agentsOf, definitionsOf, namesOf } from './statement-terms.ts';

/** What the LRS alone says of a statement, whatever was sent (xAPI 1.0.3 Data 2.4.8, 2.4.9). */
const SET_BY_THE_LRS: ReadonlySet<string> = new Set(['stored', 'authority']);
/** `version` of a statement that has none (xAPI 1.0.3 Data 2.4.10; IEEE 9274.1.1 4.2.5.10). */
const DEFAULT_VERSION: Readonly<Record<XapiVersion, string>> = { '1.0.3': '1.0.0', '2.0.0': '2.0.0' };
/** Authorities as JSON: all statements of a request have the same one. */
const texts = new WeakMap<Agent, string>();

function textOf(authority: Agent): string {
  const known = texts.get(authority) ?? JSON.stringify(authority);
  texts.set(authority, known);
  return known;
}

/**
 * A valid statement -> what the store keeps: its own bytes with id, version and authority added, and the terms by
 * which it will be found (xAPI 1.0.3 Communication 2.1.3). `id` is used when the statement has none.
 */
export function indexStatement(
  { raw, statement }: AcceptedStatement,
  given: { readonly id: string; readonly authority: Agent; readonly version: XapiVersion },
): NewStatement {
  const id = statement.id ?? given.id;
  const { object } = statement;
  const refersTo = object.objectType === 'StatementRef' ? object.id.toLowerCase() : null;
  const ownId = statement.id === undefined ? `,"id":"${id}"` : '';
  const version = statement.version === undefined ? `,"version":"${DEFAULT_VERSION[given.version]}"` : '';
  const wrapped = wrapContextActivities(raw, statement);
  const own =
    statement.stored === undefined && statement.authority === undefined
      ? wrapped
      : withoutMembers(wrapped, SET_BY_THE_LRS);
  return {
    id: id.toLowerCase(),
    // A statement is no empty object: it ends with a bracket, and has members before it.
    text: `${own.slice(0, -1)}${ownId}${version},"authority":${textOf(given.authority)}}`,
    timestamp: statement.timestamp === undefined ? null : instantOf(statement.timestamp, given.version),
    verb: statement.verb.id,
    registration: statement.context?.registration?.toLowerCase() ?? null,
    voids: statement.verb.id === VOIDED ? refersTo : null,
    refersTo,
    agents: agentsOf(statement, given.authority),
    activities: activitiesOf(statement),
    definitions: definitionsOf(statement),
    names: namesOf(statement),
  };
}
