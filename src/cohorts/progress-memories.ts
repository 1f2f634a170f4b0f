import { createProgressMemory, type ProgressMemory } from '../progress/progress-memory.ts';
import type { Cohort } from './definitions.ts';

/** Of how many cohorts, the ones asked for last, the progress of learners is remembered. */
const MOST = 20;

/** Memories of progress, one for each version of a cohort. */
export interface ProgressMemories {
  of(cohort: Cohort): ProgressMemory;
}

export function createProgressMemories(): ProgressMemories {
  // In the order of their last use.
  const memories = new Map<string, { readonly version: number; readonly memory: ProgressMemory }>();
  return {
    of: ({ org, id, version }) => {
      const key = `${org}\n${id}`;
      const known = memories.get(key);
      const { memory } = known?.version === version ? known : { memory: createProgressMemory() };
      memories.delete(key);
      memories.set(key, { version, memory });
      const [oldest] = memories.keys();
      if (memories.size > MOST && oldest !== undefined) memories.delete(oldest);
      return memory;
    },
  };
}
