/** Resident memory at a moment of a run. */
export interface Sample {
  /** Trials done. */
  readonly trials: number;
  readonly megabytes: number;
}

/** How the memory of a run went on; MB. */
export interface MemoryVerdict {
  /** The lowest sample of each window, a twentieth of the run, from the first to the last. */
  readonly floors: readonly number[];
  /** Growth from the middle of the run to its end. */
  readonly growth: number;
  readonly bound: number;
  readonly flat: boolean;
}

const WINDOWS = 20;
/**
 * Bytes a trial may leave behind. A request that is held on to costs more than 4,000: its headers, its buffers, what
 * Express hangs on it. The floors of a heap that V8 widens and narrows as it likes waver by some 50 MB, whatever was
 * before.
 */
const BYTES_A_TRIAL = 1_200;

/**
 * Judges the later half of a run, when pools and caches are filled: the median of all slopes between its windows' floors
 * (Theil and Sen), so that neither one collection of garbage nor one late one decides.
 */
export function judgeMemory(samples: readonly Sample[], count: number): MemoryVerdict {
  const floors = Array.from({ length: WINDOWS }, (_, window) => {
    const [from, to] = [(window * count) / WINDOWS, ((window + 1) * count) / WINDOWS];
    const within = samples.filter(({ trials }) => trials > from && trials <= to);
    return Math.min(...within.map(({ megabytes }) => megabytes));
  });
  const later = floors.slice(WINDOWS / 2);
  const slopes = later.flatMap((low, first) =>
    later.slice(first + 1).map((high, between) => (high - low) / (between + 1)),
  );
  const growth = median(slopes) * later.length;
  const bound = ((count / 2) * BYTES_A_TRIAL) / 1_048_576;
  return { floors, growth, bound, flat: growth <= bound };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
