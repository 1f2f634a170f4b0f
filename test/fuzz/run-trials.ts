import { type Answer, printed, type Sent } from './exchange.ts';
import { kindsFor } from './kinds/index.ts';
import type { Ledger } from './ledger.ts';
import type { Product } from './product.ts';
import { createRandom } from './random.ts';
import type { Kind, Trial } from './trial.ts';
import type { World } from './world.ts';
import { writeBytes } from './write-bytes.ts';

/** What came of a kind of trials. */
export interface Tally {
  trials: number;
  /** Answers by the first digit of their status. */
  readonly answers: Map<string, number>;
  /** ms. */
  slowest: number;
}

export interface Failure {
  readonly trial: number;
  readonly kind: string;
  readonly reason: string;
}

export interface Run {
  readonly tallies: ReadonlyMap<string, Tally>;
  /** Runs one trial; what fails is noted. */
  trial(number: number): Promise<void>;
  readonly failures: Failure[];
}

/** Trials of a product: number and seed say what each does. */
export function createRun(product: Product, world: World, ledger: Ledger, seed: number): Run {
  const kinds = kindsFor(product.url);
  const tallies = new Map(
    kinds.map(({ name }) => [name, { trials: 0, answers: new Map(), slowest: 0 } as Tally]),
  );
  const failures: Failure[] = [];

  const run = async (number: number, kind: Kind): Promise<void> => {
    const random = createRandom(seed, number);
    const tally = tallies.get(kind.name);
    let last = '';
    const count = (status: string) => tally?.answers.set(status, (tally.answers.get(status) ?? 0) + 1);
    const trial: Trial = {
      random,
      world,
      send: async (sent) => {
        last = printed(sent);
        const answer = await product.send(sent);
        count(`${Math.floor(answer.status / 100)}xx`);
        if (tally) tally.slowest = Math.max(tally.slowest, answer.took);
        refuse(sent, answer);
        return answer;
      },
      write: async (pieces, cut) => {
        last = `on a connection of its own${cut ? ', broken off' : ''}: base64 ${Buffer.concat(pieces).toString('base64')}`;
        const text = await writeBytes(product.url, pieces, cut);
        const statuses = [...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status = '']) => status);
        for (const status of statuses) count(`${status[0]}xx`);
        if (statuses.length === 0) count('none');
        if (statuses.some((status) => status >= '500' && status !== '501'))
          throw new Error(`answered ${text}`);
        return text;
      },
      taken: (ids, text, fresh) => ledger.note(random, ids, text, fresh),
    };
    if (tally) tally.trials += 1;
    try {
      await kind.run(trial);
    } catch (error) {
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      failures.push({ trial: number, kind: kind.name, reason: `${reason}\n--- the request\n${last}` });
    }
  };

  return {
    tallies,
    failures,
    trial: (number) => {
      const all = kinds.reduce((sum, { share }) => sum + share, 0);
      let draw = createRandom(seed, -2 - number).next() * all;
      const kind = kinds.find(({ share }) => {
        draw -= share;
        return draw < 0;
      });
      return kind ? run(number, kind) : Promise.resolve();
    },
  };
}

/** Throws for an answer that no request deserves. 501 is deliberate where HTTP or this version says "not served". */
function refuse({ method }: Sent, { status, headers, body }: Answer): void {
  // Documents are given back as they came, and a byte order mark before JSON may be passed over (RFC 8259 8.1).
  const text = body.toString('utf8').replace(/^\ufeff/, '');
  if (status >= 500 && status !== 501) throw new Error(`answered ${status}: ${text}`);
  if (/node_modules|\n\s+at .*\.[jt]s:\d/.test(text) && !String(headers['content-type']).includes('css'))
    throw new Error(`the answer shows our insides: ${text.slice(0, 2_000)}`);
  if (method !== 'HEAD' && body.length > 0 && /\bjson\b/.test(String(headers['content-type'])))
    JSON.parse(text);
}
