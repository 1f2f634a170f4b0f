import type { Unit } from '../../config/cohort-definition.ts';
import type { SeenActivity } from './activity-seen.ts';

/** What a unit might be, by what its activity is; times in ms where a session can be told from who came. */
export interface ProposedUnit {
  readonly modality: Unit['modality'];
  readonly satisfiedBy: Unit['satisfiedBy'];
  /** Where scores are given and nobody passes by them as stated; 0..1. */
  readonly minScore: number | null;
  readonly slot: { readonly from: number; readonly to: number } | null;
}

const QUARTER = 900_000;
/** A pass mark to begin with: without one, a score alone passes nobody (vocabulary.md "logstore_xapi, quiz"). */
const USUAL_PASS = 0.5;

const MEETING = /[/:#](meeting|virtual-classroom|webinar|virtualclass)$|\/mod\/bigbluebuttonbn\//i;
const TEST = /[/:#](assessment|quiz|test|exam)$|\/mod\/quiz\//i;
const ASSIGNMENT = /[/:#]assignment$|\/mod\/(assign|workshop)\//i;

/** Modality and satisfiedBy of an activity: by its type and address, else by what people did there. */
export function proposedUnit(activity: SeenActivity): ProposedUnit {
  const is = (words: RegExp) => words.test(activity.type ?? '') || words.test(activity.id);
  const reaches = new Set(activity.reached.values());
  const plain = { minScore: null, slot: null };
  if (is(MEETING) || activity.joined.length > 0)
    return { ...plain, modality: 'virtual-class', satisfiedBy: 'Attended', slot: slotOf(activity) };
  const byScore = activity.scored && !reaches.has('passed') ? { minScore: USUAL_PASS } : {};
  if (is(TEST)) return { ...plain, ...byScore, modality: 'assessment', satisfiedBy: 'Passed' };
  if (is(ASSIGNMENT)) return { ...plain, modality: 'assessment', satisfiedBy: 'Completed' };
  const onlyPassed = reaches.has('passed') && !reaches.has('completed');
  return { ...plain, modality: 'online', satisfiedBy: onlyPassed ? 'Passed' : 'Completed' };
}

/** From when most had come to when most had gone, on the day that most came, by the quarter of an hour. */
function slotOf({ joined, left }: SeenActivity): ProposedUnit['slot'] {
  const days = new Map<number, number[]>();
  for (const at of joined) {
    const day = Math.floor(at / 86_400_000);
    days.set(day, [...(days.get(day) ?? []), at]);
  }
  const [busiest] = [...days.values()].sort((a, b) => b.length - a.length);
  if (busiest === undefined) return null;
  const from = Math.round(median(busiest) / QUARTER) * QUARTER;
  const gone = left.filter((at) => at > from && at < from + 12 * 3_600_000);
  const to = gone.length === 0 ? from + 4 * QUARTER : Math.round(median(gone) / QUARTER) * QUARTER;
  return { from, to: Math.max(to, from + QUARTER) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
