import { z } from 'zod';
import type { Clause, Dialect } from './dialect.ts';

/** What zod hands to a schema's `error`. */
type Issue = Parameters<z.core.$ZodErrorMap>[0];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const unknownKeys = (
  keys: readonly string[],
  known: readonly string[],
  dialect: Dialect,
  clause: Clause,
): string => {
  const miswritten = known.find((name) => keys.length === 1 && name.toLowerCase() === keys[0]?.toLowerCase());
  if (miswritten !== undefined) {
    return dialect.cite('formatting', `must be written "${miswritten}": keys are case-sensitive`);
  }
  return dialect.cite(clause, 'is not a property that the standard allows here');
};

/** The `error` of a schema: missing, null and the wrong type each get their own sentence. */
export function typeError(dialect: Dialect, clause: Clause, wanted: string) {
  return (issue: Issue): string => {
    if (issue.input === undefined) return dialect.cite(clause, 'is required');
    if (issue.input === null) return dialect.cite('formatting', `must be ${wanted}, not null`);
    return dialect.cite(clause, `must be ${wanted}`);
  };
}

/** An object with these properties and no others. */
export function strict<Shape extends z.core.$ZodLooseShape>(dialect: Dialect, clause: Clause, shape: Shape) {
  const wrongType = typeError(dialect, clause, 'an object');
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? unknownKeys(issue.keys, known, dialect, clause) : wrongType(issue),
  });
}

/** Any string. */
export function text(dialect: Dialect, clause: Clause) {
  return z.string({ error: typeError(dialect, clause, 'a string') });
}

/** A string of a given form. */
export function textOf(dialect: Dialect, clause: Clause, wanted: string, test: (value: string) => boolean) {
  const error = typeError(dialect, clause, wanted);
  return z.custom<string>((value) => typeof value === 'string' && test(value), { error });
}

/** True or false. */
export function flag(dialect: Dialect, clause: Clause) {
  return z.boolean({ error: typeError(dialect, clause, 'true or false') });
}

/** A list of whatever the item is. */
export function list<Item extends z.ZodType>(dialect: Dialect, clause: Clause, item: Item) {
  return z.array(item, { error: typeError(dialect, clause, 'an array') });
}

/** Exactly this text. */
export function constant<Value extends string>(dialect: Dialect, clause: Clause, value: Value) {
  return z.literal(value, { error: typeError(dialect, clause, `"${value}"`) });
}

/**
 * A map with free keys. Keys and values are looked at one by one on the input itself, so that even a key named
 * `__proto__` is seen; `fault` returns what is wrong with an entry, or null.
 */
export function mapOf<Value>(
  dialect: Dialect,
  clause: Clause,
  fault: (key: string, value: unknown) => string | null,
) {
  const wrongType = typeError(dialect, clause, 'an object');
  const isMap = (value: unknown): value is Readonly<Record<string, Value>> => isObject(value);
  return z
    .custom<Readonly<Record<string, Value>>>(isMap, { error: wrongType, abort: true })
    .check((payload) => {
      if (!isObject(payload.value)) return;
      for (const [key, value] of Object.entries(payload.value)) {
        const message = fault(key, value);
        if (message !== null) payload.issues.push({ code: 'custom', path: [key], input: value, message });
      }
    });
}
