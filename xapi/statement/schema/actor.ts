import { z } from 'zod';
import type { Clause, Dialect } from './dialect.ts';
import { countIdentifiers, identifierShape } from './identifiers.ts';
import { constant, list, strict, text, typeError } from './parts.ts';

const agentShape = (dialect: Dialect) => ({
  name: text(dialect, 'agent').optional(),
  ...identifierShape(dialect),
});

const oneIdentifier = (dialect: Dialect) => {
  const message = dialect.cite(
    'agent',
    'an agent needs exactly one of "mbox", "mbox_sha1sum", "openid" and "account"',
  );
  return (payload: {
    value: Parameters<typeof countIdentifiers>[0];
    issues: z.core.$ZodRawIssue[];
  }): void => {
    if (countIdentifiers(payload.value) === 1) return;
    payload.issues.push({ code: 'custom', path: [], input: payload.value, message });
  };
};

/** An agent; `objectType` may be left out (1.0.3 Data 2.4.2.1). */
export function agent(dialect: Dialect) {
  const objectType = constant(dialect, 'agent', 'Agent').optional();
  return strict(dialect, 'agent', { objectType, ...agentShape(dialect) }).check(oneIdentifier(dialect));
}

/** An agent that says so, as the object of a statement must (1.0.3 Data 2.4.4.2). */
export function declaredAgent(dialect: Dialect) {
  const objectType = constant(dialect, 'agentObject', 'Agent');
  return strict(dialect, 'agent', { objectType, ...agentShape(dialect) }).check(oneIdentifier(dialect));
}

/** A group: at most one identifier, and its members when it has none (1.0.3 Data 2.4.2.2). */
export function group(dialect: Dialect) {
  const tooMany = dialect.cite('group', 'an identified group needs exactly one identifier');
  const noMember = dialect.cite('group', 'is required in a group without identifier');
  return strict(dialect, 'group', {
    objectType: constant(dialect, 'group', 'Group'),
    name: text(dialect, 'group').optional(),
    member: list(dialect, 'group', agent(dialect)).optional(),
    ...identifierShape(dialect),
  }).check((payload) => {
    const count = countIdentifiers(payload.value);
    const input = payload.value;
    if (count > 1) payload.issues.push({ code: 'custom', path: [], input, message: tooMany });
    if (count === 0 && input.member === undefined) {
      payload.issues.push({ code: 'custom', path: ['member'], input, message: noMember });
    }
  });
}

const agentOrGroup = (dialect: Dialect, clause: Clause) => {
  const wrongType = typeError(dialect, clause, 'an agent or a group');
  const wrongKind = dialect.cite(clause, 'must be "Agent" or "Group"');
  return z.discriminatedUnion('objectType', [agent(dialect), group(dialect)], {
    error: (issue) => (issue.code === 'invalid_union' ? wrongKind : wrongType(issue)),
  });
};

/** An agent or a group (1.0.3 Data 2.4.2). */
export function actor(dialect: Dialect) {
  return agentOrGroup(dialect, 'actor');
}

/** An agent, or the anonymous group of a user and an OAuth consumer known by account (1.0.3 Data 2.4.9). */
export function authority(dialect: Dialect) {
  const message = dialect.cite(
    'authority',
    'a group must be anonymous, of exactly two agents, the OAuth consumer identified by "account"',
  );
  return agentOrGroup(dialect, 'authority').check((payload) => {
    const { value } = payload;
    if (value.objectType !== 'Group') return;
    const consumers = value.member?.filter((member) => member.account !== undefined) ?? [];
    if (countIdentifiers(value) === 0 && value.member?.length === 2 && consumers.length > 0) return;
    payload.issues.push({ code: 'custom', path: [], input: value, message });
  });
}
