import type { z } from 'zod';
import { AssiduError } from '../../../src/base/errors.ts';
import type { AcceptedStatement, AcceptLimits } from '../accepted.ts';
import { CLOSE_ARRAY, COMMA, OPEN_ARRAY } from '../json-characters.ts';
import { skipSpace } from '../scan-json.ts';
import { activity } from '../schema/activity.ts';
import { context } from '../schema/context.ts';
import { dialectOf } from '../schema/dialect.ts';
import { instantOf } from '../schema/instant.ts';
import { isLanguageTag } from '../schema/language-tag.ts';
import { isVersion, statementSchema, statementShape } from '../schema/statement.ts';
import { isUuid } from '../schema/uuid.ts';
import { VOIDED } from '../schema/verb.ts';
import type { Statement, XapiVersion } from '../types.ts';
import { type Cursor, firstOf, type Read } from './cursor.ts';
import { createFamiliarParts } from './parts.ts';
import { objectOf, plainString } from './read-object.ts';
import { familiarPart, learntPart, type PartKind, singlePart } from './read-part.ts';

/** How a statement of each version is read. What is remembered serves both. */
const READERS = statementReaders();

/**
 * Reads valid statements of which most parts were met before, in a fraction of what it takes to read them anew. Null
 * where anything is not as it should be, or not within the limits: what is wrong is told by whoever reads the text in
 * full. What it answers is what a full reading answers (1.0.3 Data 2; Communication 2.1.2 for ids used twice).
 */
export function readFamiliar(
  text: string,
  version: XapiVersion,
  limits: AcceptLimits,
): readonly AcceptedStatement[] | null {
  try {
    return readAll(text, version, limits);
  } catch (error) {
    if (error instanceof AssiduError) return null;
    throw error;
  }
}

function readAll(
  text: string,
  version: XapiVersion,
  limits: AcceptLimits,
): readonly AcceptedStatement[] | null {
  const cursor: Cursor = { text, limits, at: skipSpace(text, 0), depth: 0, keys: 0 };
  const statements: AcceptedStatement[] = [];
  const readOne = (): boolean => {
    const start = cursor.at;
    const statement = READERS[version](cursor);
    if (statement === undefined) return false;
    statements.push({ raw: text.slice(start, cursor.at), statement });
    cursor.at = skipSpace(text, cursor.at);
    return true;
  };
  if (text.charCodeAt(cursor.at) !== OPEN_ARRAY) {
    if (!readOne()) return null;
  } else {
    cursor.depth = 1;
    do {
      cursor.at = skipSpace(text, cursor.at + 1);
      if (!readOne()) return null;
    } while (text.charCodeAt(cursor.at) === COMMA);
    if (text.charCodeAt(cursor.at) !== CLOSE_ARRAY) return null;
    cursor.at = skipSpace(text, cursor.at + 1);
  }
  if (cursor.at !== text.length || cursor.keys > limits.maxKeys) return null;
  return statements.length <= limits.maxStatements && !nameOneTwice(statements) ? statements : null;
}

function nameOneTwice(statements: readonly AcceptedStatement[]): boolean {
  const named = statements.flatMap(({ statement: { id } }) => (id === undefined ? [] : [id.toLowerCase()]));
  return new Set(named).size < named.length;
}

type ReadStatement = (cursor: Cursor) => Statement | undefined;

function statementReaders(): Readonly<Record<XapiVersion, ReadStatement>> {
  const parts = createFamiliarParts();
  let kinds = 0;
  const kindOf = (schema: z.ZodType): PartKind => {
    kinds += 1;
    return { schema, bit: 1 << kinds };
  };
  const partOf = (schema: z.ZodType): Read => {
    const kind = kindOf(schema);
    return firstOf(familiarPart(parts, kind), learntPart(parts, kind));
  };
  const readerOf = (version: XapiVersion): ReadStatement => {
    const dialect = dialectOf(version);
    const { actor, verb, result, authority, attachments } = statementShape(dialect);
    const around = context(dialect);
    const { contextActivities, extensions, team } = around.shape;
    const aContext = kindOf(around);
    const anActor = partOf(actor);
    const anInstant = plainString((value) => instantOf(value, version) !== null);
    const anyText = plainString((value) => /^[ -\uffff]*$/.test(value));
    // A registration makes a context another one for each learner; what else is in it comes again.
    const ofOneLearner = objectOf(
      {
        registration: plainString(isUuid),
        contextActivities: partOf(contextActivities),
        extensions: partOf(extensions),
        instructor: anActor,
        team: partOf(team),
        platform: anyText,
        revision: anyText,
        language: plainString(isLanguageTag),
      },
      ['registration'],
    );
    const members = objectOf(
      {
        id: plainString(isUuid),
        actor: anActor,
        verb: partOf(verb),
        object: partOf(activity(dialect)),
        result: partOf(result),
        context: firstOf(familiarPart(parts, aContext), ofOneLearner, learntPart(parts, aContext)),
        timestamp: anInstant,
        stored: anInstant,
        authority: partOf(authority),
        version: plainString((value) => isVersion(value, version)),
        attachments: singlePart(attachments),
      },
      ['actor', 'verb', 'object'],
    );
    const read = firstOf(
      // What rules that span several members are about is read as a whole (1.0.3 Data 2.3.2).
      (cursor) => unlessVoiding(members(cursor)),
      singlePart(statementSchema(version)),
    );
    return (cursor) => {
      const value = read(cursor);
      return isStatement(value) ? value : undefined;
    };
  };
  return { '1.0.3': readerOf('1.0.3'), '2.0.0': readerOf('2.0.0') };
}

function unlessVoiding(value: Record<string, unknown> | undefined): unknown {
  return isStatement(value) && value.verb.id === VOIDED ? undefined : value;
}

// The schemas of its members, and of the whole, are the guards.
function isStatement(value: unknown): value is Statement {
  return value !== undefined;
}
