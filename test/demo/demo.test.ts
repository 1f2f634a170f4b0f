import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STATES } from '../../src/metrics/types.ts';
import { freePort } from '../support/free-port.ts';
import { type Stage, setStage } from './stage.ts';

describe('the demo', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage({ port: await freePort(), lmsPort: 0, say: () => undefined });
  }, 120_000);
  afterAll(() => stage?.close());

  it('has about 60 learners, one running SPOC and one finished blended cohort', async () => {
    const [spoc, blended] = await Promise.all(stage.cohortIds.map((id) => stage.metrics(id)));
    expect(stage.learners).toHaveLength(60);
    expect(spoc?.final).toBe(false);
    expect(blended?.final).toBe(true);
    expect(blended?.attendance?.held).toBeGreaterThan(0);
    expect(stage.launches).toBeGreaterThan(40);
  });

  it('tells of people who finish, drift away, leave and never start', async () => {
    const [spoc, blended] = await Promise.all(stage.cohortIds.map((id) => stage.metrics(id)));
    for (const state of ['completed', 'active', 'dropped', 'withdrawn', 'notStarted'] as const)
      expect(spoc?.counts[state], `SPOC, ${state}`).toBeGreaterThan(0);
    for (const state of ['completed', 'dropped', 'unfinished', 'noShow', 'transferred'] as const)
      expect(blended?.counts[state], `blended, ${state}`).toBeGreaterThan(0);
  });

  it('counts every enrolment in exactly one state, and no staff', async () => {
    for (const id of stage.cohortIds) {
      const { counts } = await stage.metrics(id);
      expect(STATES.reduce((sum, state) => sum + counts[state], 0)).toBe(counts.enrolled);
      const rows = (await stage.services.figures.of('default', id, { asOf: null, knownAt: null })).rows;
      expect(rows.map(({ name }) => name)).not.toContain(stage.staff.manager.name);
    }
  });

  it('leaves a `launched` statement a learner, with platform, cohort, and the enrolment as registration', async () => {
    const page = await stage.services.storage.statements.query('default', {
      verb: 'http://adlnet.gov/expapi/verbs/launched',
      relatedAgents: false,
      relatedActivities: false,
      ascending: true,
      limit: 5,
    });
    const [id] = stage.cohortIds;
    const { rows } = await stage.services.figures.of('default', id ?? '', { asOf: null, knownAt: null });
    expect(page.statements).toHaveLength(5);
    for (const { text } of page.statements) {
      const { actor, context } = JSON.parse(text);
      const row = rows.find((each) => each.enrolmentId === context.registration);
      expect(row?.name).toBe(actor.name);
      expect(context.platform).toBe('Campus de démonstration');
      const grouping = context.contextActivities.grouping.map((each: { id: string }) => each.id);
      expect(grouping).toContain(`urn:assidu:cohort:default:${id}`);
      expect(grouping).toContain(`${stage.lms.issuer}/course/view.php?id=2`);
    }
  });

  it('has the same figures kept and recomputed from the statements, now and at every week', async () => {
    const now = Date.now();
    for (const id of stage.cohortIds)
      for (const asOf of Array.from({ length: 18 }, (_, week) => now - week * 7 * 86_400_000)) {
        const instants = { asOf, knownAt: null };
        const kept = await stage.services.figures.of('default', id, instants);
        const again = await stage.services.figures.recomputed('default', id, instants);
        expect(kept.metrics).toEqual(again.metrics);
        expect(kept.rows).toEqual(again.rows);
      }
  });
});
