import { agentOfKey } from '../../xapi/statement/ifi.ts';
import type { Actor } from '../../xapi/statement/types.ts';
import { readAgent } from '../cohorts/told-people.ts';
import { UsageError } from './context.ts';

/** How people are named in commands. */
export const WHO =
  'an e-mail address, "account|<home page>|<name>", "openid|<URI>", "mbox_sha1sum|<hex>", or an xAPI agent';

/** The actor that a text names. Throws a `UsageError` for a text that is nobody's identifier. */
export function readActor(text: string): Actor {
  const read = readAgent(agentIn(text), 'who');
  if (!('problems' in read)) return read.actor;
  const [first] = read.problems;
  throw new UsageError(`${text}: ${first?.path} ${first?.message}; give ${WHO}`);
}

function agentIn(text: string): unknown {
  if (text.startsWith('{')) {
    try {
      return JSON.parse(text);
    } catch {
      throw new UsageError(`${text} is no JSON; give ${WHO}`);
    }
  }
  if (/^(account|mbox|mbox_sha1sum|openid)\|/.test(text)) return agentOfKey(text);
  // A home page and a name, with or without the word before.
  const account = /^(?:account\s+)?(https?:\/\/[^|]+)\|(.+)$/.exec(text);
  if (account) return { account: { homePage: account[1], name: account[2] } };
  return { mbox: text.startsWith('mailto:') ? text : `mailto:${text}` };
}
