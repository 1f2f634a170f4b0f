import type { Answer, Sent } from './exchange.ts';
import { parseWithDigits, saysTheSame } from './kept.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

/** How many ids are remembered for what refers to others. */
const KNOWN = 500;
/** How many of the statements that were taken are asked for again at the end. */
const SAMPLE = 1_000;

/** What the product said that it took. */
export interface Ledger {
  /** How many statements were taken, as far as it can be told which. */
  count(): number;
  /** Notes what an answer said, and asks for some of it at once. Throws when it is not there as it was sent. */
  note(random: Random, ids: unknown, text: string, fresh: ReadonlySet<string>): Promise<void>;
  /** Asks for a sample of all of it. Throws at the first that is not there as it was sent. Answers how many it asked for. */
  check(): Promise<number>;
}

interface Noted {
  readonly id: string;
  readonly sent: unknown;
}

export function createLedger(world: World, send: (sent: Sent) => Promise<Answer>): Ledger {
  const sample: Noted[] = [];
  let count = 0;

  const ask = async ({ id, sent }: Noted): Promise<void> => {
    // In 1.0.3, which answers timestamps as they are kept.
    const headers = { Authorization: world.keys.main, 'X-Experience-API-Version': '1.0.3' };
    for (const name of ['statementId', 'voidedStatementId']) {
      const { status, body } = await send({
        method: 'GET',
        path: `/xapi/statements?${name}=${id}`,
        headers,
        body: null,
      });
      if (status === 404) continue;
      const text = body.toString('utf8');
      if (status === 200 && saysTheSame(sent, parseWithDigits(text))) return;
      throw new Error(`statement ${id} is not what was sent\nsent: ${JSON.stringify(sent)}\nkept: ${text}`);
    }
    throw new Error(`statement ${id} was taken and is not there`);
  };

  return {
    count: () => count,
    note: async (random, ids, text, fresh) => {
      const parsed = parseWithDigits(text);
      const sent = Array.isArray(parsed) ? parsed : [parsed];
      // Of a batch of which some went to the quarantine it cannot be told here which is which.
      if (!Array.isArray(ids) || ids.length !== sent.length) return;
      for (const [index, id] of ids.entries()) {
        if (typeof id !== 'string') throw new Error(`an id is ${JSON.stringify(id)}`);
        count += 1;
        if (world.known.length < KNOWN) world.known.push(id);
        else world.known[random.below(KNOWN)] = id;
        const given: unknown = Reflect.get(Object(sent[index]), 'id');
        if (given !== undefined && !fresh.has(String(given))) continue;
        const noted = { id, sent: sent[index] };
        if (sample.length < SAMPLE) sample.push(noted);
        else if (random.below(count) < SAMPLE) sample[random.below(SAMPLE)] = noted;
        if (random.chance(0.05)) await ask(noted);
      }
    },
    check: async () => {
      for (const noted of sample) await ask(noted);
      return sample.length;
    },
  };
}
