import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProposals, type FindProposals } from '../../src/cohorts/proposals.ts';
import { meetingAttended, moduleCompleted, moduleViewed } from '../demo/moodle-statements.ts';
import { person } from '../support/campus.ts';
import { openServices, type TurnedServices } from '../support/open-services.ts';
import { sharedPath } from '../support/shared.ts';

const recorded = sharedPath('data/moodle/xapi-moodle-logstore.json');
const WRITER = { keyId: 'moodle', standings: false, voidsAny: false };
const DAY = 86_400_000;
const start = Date.UTC(2026, 8, 7, 8);

describe('units proposed from statements', () => {
  let open: TurnedServices;
  let find: FindProposals;
  beforeAll(() => {
    open = openServices(start);
    const { statements, profiles } = open.services.storage;
    find = createProposals({ statements, profiles, clock: open.now });
  });
  afterAll(() => open.close());

  const send = (org: string, statements: readonly unknown[]) =>
    open.services.intake.accept(
      { org, authority: { account: { homePage: 'https://assidu.test', name: 'moodle' } }, writer: WRITER },
      JSON.stringify(statements),
      '1.0.3',
    );

  it.skipIf(recorded === null)(
    'are the modules of a real Moodle course, and nothing that holds them or is in them',
    async () => {
      await send('recorded', JSON.parse(readFileSync(recorded ?? '', 'utf8')));
      const { activities, bounded, read } = await find('recorded', [
        'http://localhost:8090/course/view.php?id=2',
      ]);
      expect(bounded).toBe(false);
      expect(read).toBeGreaterThan(150);
      const told = activities.map(({ id, modality, satisfiedBy, title }) => [
        id.replace('http://localhost:8090/mod/', ''),
        modality,
        satisfiedBy,
        title === null,
      ]);
      expect(told).toContainEqual(['quiz/view.php?id=7', 'assessment', 'Passed', false]);
      expect(told).toContainEqual(['assign/view.php?id=6', 'assessment', 'Completed', false]);
      expect(told).toContainEqual(['page/view.php?id=1', 'online', 'Completed', false]);
      expect(told).toContainEqual(['forum/view.php?id=5', 'online', 'Completed', false]);
      expect(told.map(([id]) => id).sort()).toEqual([
        'assign/view.php?id=6',
        'forum/view.php?id=5',
        'lti/view.php?id=15',
        'lti/view.php?id=9',
        'page/view.php?id=1',
        'page/view.php?id=2',
        'page/view.php?id=3',
        'quiz/view.php?id=7',
        'url/view.php?id=4',
      ]);
      const quiz = activities.find(({ id }) => id.includes('/quiz/'));
      expect(quiz?.people).toBe(Object.values(quiz?.reached ?? {}).reduce((sum, count) => sum + count, 0));
    },
  );

  it('come in the order of their first use, each person counted once by the furthest they got', async () => {
    const site = 'https://lms.example';
    const names = new Map([[`${site}/mod/page/view.php?id=2`, 'Planifier']]);
    const moodle = { lms: site, courseId: '2', courseTitle: 'x', names };
    const [ana, bob] = [person('ana'), person('bob')];
    const [second, first] = [`${site}/mod/page/view.php?id=2`, `${site}/mod/page/view.php?id=5`];
    const meeting = `${site}/mod/bigbluebuttonbn/view.php?id=3`;
    await send('ordered', [
      moduleViewed(moodle, ana, second, start + DAY),
      moduleCompleted(moodle, ana, second, start + DAY + 1),
      moduleViewed(moodle, ana, second, start + 2 * DAY),
      moduleViewed(moodle, bob, second, start + 2 * DAY),
      moduleViewed(moodle, bob, first, start),
      ...[ana, bob].flatMap((user, index) =>
        meetingAttended(moodle, user, {
          unit: meeting,
          from: start + 3 * DAY + index * 120_000,
          to: start + 3 * DAY + 88 * 60_000 + index * 60_000,
        }),
      ),
    ]);
    const { activities } = await find('ordered', [`${site}/course/view.php?id=2`]);
    expect(activities.map(({ id }) => id)).toEqual([first, second, meeting]);
    expect(activities[1]).toMatchObject({
      title: { fr: 'Planifier' },
      people: 2,
      reached: { completed: 1, opened: 1, passed: 0, attended: 0, tried: 0 },
    });
    expect(activities[2]).toMatchObject({
      modality: 'virtual-class',
      satisfiedBy: 'Attended',
      slot: { from: start + 3 * DAY, to: start + 3 * DAY + 90 * 60_000 },
    });
  });

  it('are of the newest statements only, and say so, where there are many', async () => {
    const site = 'https://many.example';
    const moodle = { lms: site, courseId: '2', courseTitle: 'x' };
    const views = Array.from({ length: 60 }, (_, index) =>
      moduleViewed(
        moodle,
        person(`p${index}`),
        `${site}/mod/page/view.php?id=${index < 50 ? 1 : 2}`,
        start + index,
      ),
    );
    for (const view of views) await send('many', [view]);
    const { statements, profiles } = open.services.storage;
    const few = createProposals({ statements, profiles, clock: open.now, most: 20 });
    const found = await few('many', [`${site}/course/view.php?id=2`]);
    expect(found).toMatchObject({ read: 20, bounded: true });
    expect(found.activities.map(({ people }) => people)).toEqual([10, 10]);
    expect(await few('nobody', [`${site}/course/view.php?id=2`])).toMatchObject({ activities: [], read: 0 });
    expect(await few('many', [])).toMatchObject({ activities: [], bounded: false });
  });
});
