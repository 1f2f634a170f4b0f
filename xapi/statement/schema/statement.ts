import { z } from 'zod';
import type { XapiVersion } from '../types.ts';
import { activity } from './activity.ts';
import { actor, authority, declaredAgent, group } from './actor.ts';
import { attachment } from './attachment.ts';
import { context } from './context.ts';
import { type Dialect, dialectOf } from './dialect.ts';
import { constant, list, strict, textOf, typeError } from './parts.ts';
import { result } from './result.ts';
import { statementRef } from './statement-ref.ts';
import { timestamp } from './timestamp.ts';
import { uuid } from './uuid.ts';
import { VOIDED, verb } from './verb.ts';

const VERSIONS = {
  '1.0.3': /^1\.0(?:\.[0-9A-Za-z.+-]+)?$/,
  '2.0.0': /^[12]\.0(?:\.[0-9A-Za-z.+-]+)?$/,
} as const;

/** What the rules that span several properties look at. */
interface Whole {
  readonly verb: { readonly id: string };
  readonly object: { readonly objectType?: string | undefined };
  readonly context?: { readonly revision?: unknown; readonly platform?: unknown } | undefined;
}

/** Voiding needs a statement reference; revision and platform need an activity (1.0.3 Data 2.3.2, 2.4.6). */
const wholeRules = (dialect: Dialect) => {
  const notAReference = dialect.cite('voiding', 'must be a StatementRef when the verb is "voided"');
  const notAnActivity = dialect.cite('context', 'must only be used when the object is an activity');
  return (payload: { value: Whole; issues: z.core.$ZodRawIssue[] }): void => {
    const { verb: done, object, context: around } = payload.value;
    const report = (path: string[], message: string): void => {
      payload.issues.push({ code: 'custom', path, input: payload.value, message });
    };
    if (done.id === VOIDED && object.objectType !== 'StatementRef') report(['object'], notAReference);
    if (around === undefined || (object.objectType ?? 'Activity') === 'Activity') return;
    if (around.revision !== undefined) report(['context', 'revision'], notAnActivity);
    if (around.platform !== undefined) report(['context', 'platform'], notAnActivity);
  };
};

const objectError = (dialect: Dialect, kinds: readonly string[]) => {
  const wrongType = typeError(dialect, 'object', 'an object');
  const wrongKind = dialect.cite('object', `must be one of ${kinds.join(', ')}`);
  return (issue: Parameters<typeof wrongType>[0]): string =>
    issue.code === 'invalid_union' ? wrongKind : wrongType(issue);
};

/** What a statement and a substatement have in common. */
const commonShape = (dialect: Dialect) => ({
  actor: actor(dialect),
  verb: verb(dialect),
  result: result(dialect).optional(),
  context: context(dialect).optional(),
  timestamp: timestamp(dialect, 'timestamp').optional(),
  attachments: list(dialect, 'attachment', attachment(dialect)).optional(),
});

const plainObjects = (dialect: Dialect) =>
  [activity(dialect), declaredAgent(dialect), group(dialect), statementRef(dialect)] as const;

/** No id, stored, version or authority, and no substatement inside (1.0.3 Data 2.4.4.3). */
const subStatement = (dialect: Dialect) =>
  strict(dialect, 'statementObject', {
    objectType: constant(dialect, 'statementObject', 'SubStatement'),
    ...commonShape(dialect),
    object: z.discriminatedUnion('objectType', plainObjects(dialect), {
      error: objectError(dialect, ['Activity', 'Agent', 'Group', 'StatementRef']),
    }),
  }).check(wholeRules(dialect));

/** What each member of a statement must be by itself (1.0.3 Data 2.4). */
export function statementShape(dialect: Dialect) {
  const wanted = dialect.version === '1.0.3' ? '"1.0" or start with "1.0."' : '"2.0.x" or "1.0.x"';
  return {
    id: uuid(dialect, 'id').optional(),
    ...commonShape(dialect),
    object: z.discriminatedUnion('objectType', [...plainObjects(dialect), subStatement(dialect)], {
      error: objectError(dialect, ['Activity', 'Agent', 'Group', 'StatementRef', 'SubStatement']),
    }),
    stored: timestamp(dialect, 'stored').optional(),
    authority: authority(dialect).optional(),
    version: textOf(dialect, 'version', wanted, (value) => isVersion(value, dialect.version)).optional(),
  };
}

/** Whether a statement may name this version of itself (1.0.3 Data 2.4.10). */
export function isVersion(value: string, version: XapiVersion): boolean {
  return VERSIONS[version].test(value);
}

/** The schema of a whole statement in one version of the standard (1.0.3 Data 2.4). */
export function statementSchema(version: XapiVersion): z.ZodType {
  const dialect = dialectOf(version);
  return strict(dialect, 'statement', statementShape(dialect)).check(wholeRules(dialect));
}
