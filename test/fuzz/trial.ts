import type { Answer, Sent } from './exchange.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

/** One thing that is tried on the product: what it has at hand. */
export interface Trial {
  readonly random: Random;
  readonly world: World;
  /** Sends a request. Throws when the product fails at it: 5xx, no answer, too late. */
  send(sent: Sent): Promise<Answer>;
  /** Writes bytes to a connection of its own, which is closed early when `cut`. Answers what came back within a moment. */
  write(pieces: readonly Buffer[], cut: boolean): Promise<string>;
  /** Statements that were taken; `fresh` are the ids that nobody used before. */
  taken(ids: unknown, text: string, fresh: ReadonlySet<string>): Promise<void>;
}

/** A kind of trials. */
export interface Kind {
  readonly name: string;
  /** How many of a thousand trials are of this kind. */
  readonly share: number;
  run(trial: Trial): Promise<unknown>;
}
