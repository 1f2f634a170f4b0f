import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { cohortProgress } from '../../src/progress/cohort-progress.ts';
import { place, placesOf } from '../../src/progress/place.ts';
import type { Statement } from '../../xapi/statement/types.ts';
import type { LearningEvent } from '../../xapi/vocabulary/event.ts';
import { readStatement } from '../../xapi/vocabulary/read-statement.ts';
import { cohortOf, enrolled } from '../support/scene.ts';
import { sharedPath } from '../support/shared.ts';

const recorded = sharedPath('data/xapi/fun-video.ndjson.gz');
const COURSE = 'course-v1:FUN-MOOC+00002+session01';

function load(path: string): readonly LearningEvent[] {
  const lines = gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n');
  return lines.map((line) => {
    const said: Statement & { readonly id: string; readonly '@timestamp': string } = JSON.parse(line);
    const timestamp = Date.parse(said['@timestamp']);
    const event = readStatement({
      id: said.id,
      statement: said,
      timestamp,
      stored: timestamp,
      standings: false,
    });
    if (!event) throw new Error('every recorded statement is somebody’s');
    return event;
  });
}

describe.skipIf(recorded === null)('10,693 video statements of a MOOC platform', () => {
  const events = recorded === null ? [] : load(recorded);

  it('are all acts: starts, progress, completions, interactions', () => {
    const counts: Record<string, number> = {};
    for (const { meaning } of events) counts[meaning] = (counts[meaning] ?? 0) + 1;
    expect(events.every(({ act }) => act)).toBe(true);
    expect(counts).toEqual({ started: 627, progressed: 4_750, completed: 320, interacted: 4_996 });
  });
  it('complete a video at the first completion, repeated or out of order; progress alone reaches as many or more', () => {
    const byVideo = new Map<string, LearningEvent[]>();
    for (const event of events) byVideo.set(event.object, [...(byVideo.get(event.object) ?? []), event]);
    const [video, told] = [...byVideo].sort((a, b) => b[1].length - a[1].length)[0] ?? ['', []];
    const actors = [...new Set(told.map(({ actor }) => actor))];
    const satisfied = (minProgress: number | undefined) => {
      const definition = cohortOf({
        startsOn: '2021-09-01',
        contexts: [{ platform: 'https://fun-mooc.fr', course: '2', activity: COURSE }],
        units: [{ id: video, ...(minProgress === undefined ? {} : { minProgress }) }],
      });
      const places = placesOf('o', definition);
      const { learners } = cohortProgress(
        {
          definition,
          changes: actors.map((actor) => enrolled(actor, { enrolledAt: Date.parse('2021-09-01T00:00:00Z') })),
          identities: actors.map((actor) => ({ org: 'o', actor, learnerId: actor, recordedAt: 0 })),
          facts: told.flatMap((event) => {
            const fact = place(event, places);
            return fact ? [{ ...fact, voidedAt: null }] : [];
          }),
        },
        Date.parse('2022-12-31T00:00:00Z'),
        null,
      );
      return new Map(
        learners.map(({ enrolment, units }) => [enrolment.learnerId, units[0]?.satisfiedAt ?? null]),
      );
    };
    const completed = satisfied(undefined);
    for (const [actor, when] of completed) {
      const own = told.filter((event) => event.actor === actor && event.completion === true);
      expect(when).toBe(own.length === 0 ? null : Math.min(...own.map(({ at }) => at)));
    }
    const count = (when: ReadonlyMap<string, number | null>) =>
      [...when.values()].filter((at) => at !== null).length;
    expect(count(satisfied(0.9))).toBeGreaterThanOrEqual(count(completed));
    expect(count(satisfied(0.2))).toBeGreaterThanOrEqual(count(satisfied(0.9)));
  });
});
