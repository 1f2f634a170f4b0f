import { SMALLEST_GROUP } from '../metrics/portfolio-types.ts';
import type { Retention } from '../metrics/types.ts';

/**
 * Retention for people outside: a step is told once at least five people stand behind it, the earlier ones with it; the
 * numbers on each day are left out.
 */
export function coarsened(retention: Retention): Retention {
  const { curve, outcomes, n } = retention;
  let waiting = 0;
  const steps = curve.filter(({ events }) => {
    waiting += events;
    if (waiting < SMALLEST_GROUP) return false;
    waiting = 0;
    return true;
  });
  let told = { dropped: 0, completed: 0 };
  const enough = (before: number, now: number) =>
    now - before < 1e-9 || n * (now - before) >= SMALLEST_GROUP - 1e-9;
  const rows = outcomes.filter(({ dropped, completed }) => {
    if (!enough(told.dropped, dropped) || !enough(told.completed, completed)) return false;
    told = { dropped, completed };
    return true;
  });
  return { ...retention, curve: steps, outcomes: rows };
}
