import { AssiduError } from '../../src/base/errors.ts';
import { faulty } from '../faulty.ts';
import { actorKey } from '../statement/ifi.ts';
import type { Actor, Agent, XapiVersion } from '../statement/types.ts';
import { validateStatement } from '../statement/validate.ts';

/** An agent with the key of its identifier. */
export interface IdentifiedAgent {
  readonly agent: Agent;
  readonly key: string;
}

/**
 * The `agent` parameter of /agents: one agent as JSON, held to the rules of an actor; no group (xAPI 1.0.3 Communication
 * 2.4). Throws `invalid-request` with each fault.
 */
export function readAgent(text: string, version: XapiVersion): IdentifiedAgent {
  return identifyAgent(parseAgent(text), 'agent', version);
}

/**
 * The key of the `agent` parameter of documents: an agent as for /agents, in 2.0 also an identified group, known by its
 * identifier alone (IEEE 9274.1.1 4.1.6.2, 4.1.6.5). 1.0.3 wants an agent with the identifier of the group instead
 * (Communication 2.6): either names the same documents. Throws `invalid-request` with each fault.
 */
export function readOwner(text: string, version: XapiVersion): string {
  if (version === '1.0.3') return readAgent(text, version).key;
  const key = actorKey(checkedActor(parseAgent(text), 'agent', version));
  if (key === null) throw faulty('agent', 'must be an agent or an identified group');
  return key;
}

/** As `readAgent`, for an agent that was parsed; `name` is what faults call it. */
export function identifyAgent(agent: unknown, name: string, version: XapiVersion): IdentifiedAgent {
  const actor = checkedActor(agent, name, version);
  const key = actorKey(actor);
  if (actor.objectType === 'Group' || key === null) throw faulty(name, 'must be an agent, not a group');
  return { agent: actor, key };
}

function checkedActor(actor: unknown, name: string, version: XapiVersion): Actor {
  const checked = validateStatement(
    { actor, verb: { id: 'urn:assidu:any' }, object: { id: 'urn:assidu:any' } },
    version,
  );
  if (checked.ok) return checked.statement.actor;
  const problems = checked.problems.map(({ path, message }) => ({
    path: path.replace(/^actor/, name),
    message,
  }));
  const [first] = problems;
  throw new AssiduError('invalid-request', `${first?.path}: ${first?.message}`, { problems });
}

function parseAgent(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw faulty('agent', 'must be an agent as JSON');
  }
}
