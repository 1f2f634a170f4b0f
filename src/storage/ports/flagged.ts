/** How long after its `stored` a timestamp is not believed, in ms: a day covers every zone and a clock gone wrong. */
export const FUTURE_AFTER = 86_400_000;
/** Before this instant (2000-01-01, ms since the epoch) nobody sent statements: it is a clock never set. */
export const PAST_BEFORE = 946_684_800_000;

export type Flag = 'future' | 'past';

/** What is odd about a timestamp (both in ms); null for nearly all. Such statements are kept as they are. */
export function flagOf(timestamp: number, stored: number): Flag | null {
  if (timestamp > stored + FUTURE_AFTER) return 'future';
  return timestamp < PAST_BEFORE ? 'past' : null;
}
