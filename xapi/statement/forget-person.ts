import { z } from 'zod';
import { actorKey } from './ifi.ts';
import { type ObjectSpan, objectSpans } from './object-spans.ts';
import type { Agent } from './types.ts';

/** Where a statement names a person. `mention`: in some text of it. */
export type PersonRole = 'actor' | 'object' | 'context' | 'authority' | 'mention';

/** What becomes of a statement when a person is erased. */
export type Forgotten =
  /** It is theirs or about them. */
  | { readonly kind: 'removed' }
  /** It is somebody else's: it stays, without them. `detached`: signatures, which sign what it said before. */
  | { readonly kind: 'rewritten'; readonly text: string; readonly detached: readonly string[] };

const SIGNATURE = 'http://adlnet.gov/expapi/attachments/signature';
const text = z.string().optional().catch(undefined);
const identified = z.object({
  mbox: text,
  mbox_sha1sum: text,
  openid: text,
  account: z.object({ homePage: z.string(), name: z.string() }).optional().catch(undefined),
  member: z.array(z.unknown()).optional().catch(undefined),
});
const parts = z.looseObject({
  actor: z.unknown().optional(),
  object: z.unknown().optional(),
  context: z.unknown().optional(),
  authority: z.unknown().optional(),
});
const attached = z.object({
  attachments: z.array(z.object({ usageType: z.string(), sha2: z.string() })).catch([]),
});

/** The actor keys of a value that may be an agent, or a group with members. */
function keysOf(value: unknown): { readonly own: string | null; readonly members: readonly string[] } {
  const read = identified.safeParse(value);
  if (!read.success) return { own: null, members: [] };
  const { member = [], account, ...ids } = read.data;
  const own = actorKey({
    ...(account === undefined ? {} : { account }),
    ...(ids.mbox === undefined ? {} : { mbox: ids.mbox }),
    ...(ids.mbox_sha1sum === undefined ? {} : { mbox_sha1sum: ids.mbox_sha1sum }),
    ...(ids.openid === undefined ? {} : { openid: ids.openid }),
  });
  return { own, members: member.map((each) => keysOf(each).own).filter((key) => key !== null) };
}

function partsOf(statement: unknown) {
  const read = parts.safeParse(statement);
  return read.success ? read.data : { actor: null, object: null, context: null, authority: null };
}

/** The text with every agent that is the person replaced, and with what mentions them otherwise blotted out. */
export function withoutPerson(
  statement: string,
  actors: ReadonlySet<string>,
  mention: RegExp | null,
  erased: Agent,
): string {
  const instead = JSON.stringify(erased);
  let rest = statement;
  let moved = 0;
  for (const { start, end } of agentsIn(statement, actors)) {
    rest = rest.slice(0, start + moved) + instead + rest.slice(end + moved);
    moved += instead.length - (end - start);
  }
  return mention === null ? rest : rest.replaceAll(mention, 'erased');
}

/** Agents of a JSON text that are one of these actors, in their order; none inside another. */
function agentsIn(statement: string, actors: ReadonlySet<string>): readonly ObjectSpan[] {
  const found = objectSpans(statement)
    .filter(({ start, end }) => {
      const { own } = keysOf(JSON.parse(statement.slice(start, end)));
      return own !== null && actors.has(own);
    })
    .sort((a, b) => a.start - b.start);
  return found.filter(({ start }) => !found.some((other) => other.start < start && start < other.end));
}

/** Whether a JSON text, or any text at all, names the person. */
export function namesPerson(given: string, actors: ReadonlySet<string>, mention: RegExp | null): boolean {
  if (mention !== null && given.search(mention) >= 0) return true;
  try {
    return agentsIn(given, actors).length > 0;
  } catch {
    // No JSON: only what stands in it can tell.
    return false;
  }
}

/** Where the person is in a statement. */
export function rolesIn(statement: string, actors: ReadonlySet<string>): readonly PersonRole[] {
  const { actor, object, context, authority } = partsOf(JSON.parse(statement));
  const roles: PersonRole[] = [];
  const names = (value: unknown) => agentsIn(JSON.stringify(value ?? null), actors).length > 0;
  if (names(actor)) roles.push('actor');
  if (names(object)) roles.push('object');
  if (names(context)) roles.push('context');
  if (names(authority)) roles.push('authority');
  return roles.length === 0 ? ['mention'] : roles;
}

/** Whether a statement is the person's own or about them: its actor, the only member of it, its object, a substatement's. */
function isTheirs(statement: unknown, actors: ReadonlySet<string>): boolean {
  const { actor, object } = partsOf(statement);
  const isPerson = (value: unknown): boolean => {
    const { own, members } = keysOf(value);
    if (own !== null) return actors.has(own);
    return members.length > 0 && members.every((member) => actors.has(member));
  };
  const within = partsOf(object);
  return isPerson(actor) || isPerson(object) || isPerson(within.actor) || isPerson(within.object);
}

/** What becomes of a statement that names the person; `erased` stands in their place where it stays. */
export function forgetPerson(
  statement: string,
  actors: ReadonlySet<string>,
  mention: RegExp | null,
  erased: Agent,
): Forgotten {
  const value: unknown = JSON.parse(statement);
  if (isTheirs(value, actors)) return { kind: 'removed' };
  const read = attached.safeParse(value);
  const signatures = (read.success ? read.data.attachments : []).filter(
    ({ usageType }) => usageType === SIGNATURE,
  );
  return {
    kind: 'rewritten',
    text: withoutPerson(statement, actors, mention, erased),
    detached: signatures.map(({ sha2 }) => sha2.toLowerCase()),
  };
}
