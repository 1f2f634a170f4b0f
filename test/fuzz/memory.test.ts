import { describe, expect, it } from 'vitest';
import { judgeMemory } from './memory.ts';

const COUNT = 100_000;
/** Memory that grows by so many bytes a trial after it has filled up, and wavers between collections of garbage. */
const run = (bytesATrial: number) =>
  Array.from({ length: 400 }, (_, index) => {
    const trials = (index + 1) * (COUNT / 400);
    const filled = 300 - 100 * Math.exp(-trials / 10_000);
    return { trials, megabytes: filled + (trials * bytesATrial) / 1_048_576 + (index % 7) * 15 };
  });

describe('the memory of a fuzz', () => {
  it('is flat when it fills up in the beginning and wavers', () => {
    expect(judgeMemory(run(0), COUNT).flat).toBe(true);
  });

  it('is not flat when two kilobytes of each request stay', () => {
    expect(judgeMemory(run(2_048), COUNT).flat).toBe(false);
  });

  it('is judged by its floors: one late collection of garbage does not hide growth', () => {
    const late = run(2_048).map((sample) =>
      sample.trials > COUNT * 0.98 ? { ...sample, megabytes: 100 } : sample,
    );
    expect(judgeMemory(late, COUNT).flat).toBe(false);
  });
});
