import { AssiduError } from '../../src/base/errors.ts';
import { faulty } from '../faulty.ts';
import { actorKey } from '../statement/ifi.ts';
import type { Agent, XapiVersion } from '../statement/types.ts';
import { validateStatement } from '../statement/validate.ts';

/** An agent with the key of its identifier. */
export interface IdentifiedAgent {
  readonly agent: Agent;
  readonly key: string;
}

/**
 * The `agent` parameter of documents and of /agents: one agent as JSON, held to the rules of an actor; no group (xAPI
 * 1.0.3 Communication 2.4, 2.6). Throws `invalid-request` with each fault.
 */
export function readAgent(text: string, version: XapiVersion): IdentifiedAgent {
  return identifyAgent(parseAgent(text), 'agent', version);
}

/** As `readAgent`, for an agent that was parsed; `name` is what faults call it. */
export function identifyAgent(agent: unknown, name: string, version: XapiVersion): IdentifiedAgent {
  const checked = validateStatement(
    { actor: agent, verb: { id: 'urn:assidu:any' }, object: { id: 'urn:assidu:any' } },
    version,
  );
  if (!checked.ok) {
    const problems = checked.problems.map(({ path, message }) => ({
      path: path.replace(/^actor/, name),
      message,
    }));
    const [first] = problems;
    throw new AssiduError('invalid-request', `${first?.path}: ${first?.message}`, { problems });
  }
  const { actor } = checked.statement;
  const key = actorKey(actor);
  if (actor.objectType === 'Group' || key === null) throw faulty(name, 'must be an agent, not a group');
  return { agent: actor, key };
}

function parseAgent(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw faulty('agent', 'must be an agent as JSON');
  }
}
