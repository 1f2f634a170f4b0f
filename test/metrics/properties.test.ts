import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CohortDefinition } from '../../config/cohort-definition.ts';
import { STATES } from '../../src/metrics/types.ts';
import { cohorts, instants, LEARNERS, ORIGIN, tellings } from '../support/arbitraries.ts';
import { type Figures, figuresOf, identityOf, type Scene } from '../support/scene.ts';

const identities = LEARNERS.map((who) => identityOf(who));
const ask = (scene: Scene): Figures => figuresOf({ ...scene, identities });
/** All that is answered, to be compared. */
const answers = (scene: Scene) => {
  const { metrics, rows } = ask(scene);
  return { metrics, rows };
};
const runs = { numRuns: 60 };

/** The same list in an order that a seed decides. */
function shuffled<T>(list: readonly T[], seed: number): readonly T[] {
  const key = (index: number) => ((index + 1) * (2 * seed + 1) * 7_919) % 1_009;
  return list
    .map((item, index) => ({ item, key: key(index) }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

describe('whatever happened', () => {
  it('everybody enrolled is in exactly one state', () => {
    fc.assert(
      fc.property(cohorts, (scene) => {
        const { counts } = ask(scene).metrics;
        expect(STATES.reduce((total, state) => total + counts[state], 0)).toBe(counts.enrolled);
        expect(counts.withdrawnBeforeStart).toBeLessThanOrEqual(counts.withdrawn);
        expect(counts.atRisk).toBeLessThanOrEqual(counts.active + counts.inactive + counts.notStarted);
      }),
      runs,
    );
  });
  it('who started is counted as such, and in no state of those who did not', () => {
    fc.assert(
      fc.property(cohorts, (scene) => {
        const { metrics, learners } = ask(scene);
        const started = learners.filter(({ acts, completedAt }) => acts.length > 0 || completedAt !== null);
        expect(metrics.counts.started).toBe(started.length);
        for (const { state } of started) expect(['notStarted', 'noShow']).not.toContain(state);
      }),
      runs,
    );
  });
  it('shares are 0..1, rates lie in their intervals, the funnel and the histogram hold nobody twice', () => {
    fc.assert(
      fc.property(cohorts, (scene) => {
        const { metrics, learners } = ask(scene);
        const shares = learners.flatMap(({ progress }) => (progress === null ? [] : [progress]));
        for (const share of shares) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1 + 1e-9);
        }
        expect(metrics.progress.histogram.reduce((total, count) => total + count, 0)).toBe(shares.length);
        for (const { numerator, denominator, value, ci95 } of Object.values(metrics.rates)) {
          expect(numerator).toBeLessThanOrEqual(denominator);
          if (ci95 && value !== null) expect(ci95[0] <= value && value <= ci95[1]).toBe(true);
          expect(value === null).toBe(denominator === 0);
        }
        const [, , p25, p50, p75] = metrics.funnel.map(({ count }) => count);
        expect([p25, p50, p75]).toEqual([p25, p50, p75].sort((a = 0, b = 0) => b - a));
      }),
      runs,
    );
  });
  it('completed by units alone has all that is demanded', () => {
    fc.assert(
      fc.property(cohorts, (scene) => {
        const { require, acceptCourseCompletion } = scene.definition.completion;
        if (require !== 'all' || acceptCourseCompletion) return;
        for (const { state, progress } of ask(scene).learners)
          if (state === 'completed') expect(progress === null || progress > 1 - 1e-9).toBe(true);
      }),
      runs,
    );
  });
});

describe('order does not matter', () => {
  it('any order and any repeats of statements and changes give the same answers', () => {
    fc.assert(
      fc.property(cohorts, fc.nat({ max: 500 }), fc.option(instants), (scene, seed, knownAt) => {
        const asked = { ...scene, knownAt };
        const repeated = [...scene.told, ...scene.told.filter((_, index) => (index + seed) % 3 === 0)];
        const turned = {
          ...asked,
          told: shuffled(repeated, seed),
          enrolments: shuffled(scene.enrolments, seed),
        };
        expect(answers(turned)).toEqual(answers(asked));
      }),
      runs,
    );
  });
  it('voided equals never sent', () => {
    fc.assert(
      fc.property(cohorts, (scene) => {
        const told = scene.told.filter(({ voidedAt }) => voidedAt === null);
        expect(answers(scene)).toEqual(answers({ ...scene, told }));
      }),
      runs,
    );
  });
  it('voided later than knownAt equals never voided', () => {
    fc.assert(
      fc.property(cohorts, instants, (scene, knownAt) => {
        const told = scene.told.map((each) =>
          each.voidedAt !== null && each.voidedAt > knownAt ? { ...each, voidedAt: null } : each,
        );
        expect(answers({ ...scene, knownAt })).toEqual(answers({ ...scene, told, knownAt }));
      }),
      runs,
    );
  });
});

describe('time', () => {
  it('answers at T come from evidence up to T only', () => {
    fc.assert(
      fc.property(cohorts, tellings, (scene, more) => {
        const later = more.filter(({ at }) => at > scene.asOf);
        expect(answers({ ...scene, told: [...scene.told, ...later] })).toEqual(answers(scene));
        expect(answers({ ...scene, told: scene.told.filter(({ at }) => at <= scene.asOf) })).toEqual(
          answers(scene),
        );
      }),
      runs,
    );
  });
  it('what was recorded after knownAt is not known', () => {
    fc.assert(
      fc.property(cohorts, instants, (scene, knownAt) => {
        const known = {
          ...scene,
          told: scene.told.filter(({ stored }) => stored <= knownAt),
          enrolments: scene.enrolments.filter(({ recordedAt }) => recordedAt <= knownAt),
        };
        expect(answers({ ...scene, knownAt })).toEqual(answers({ ...known, knownAt }));
      }),
      runs,
    );
  });
  it('the acts of an enrolment are only ever added to', () => {
    fc.assert(
      fc.property(cohorts, instants, (scene, other) => {
        const [sooner, later] = [Math.min(scene.asOf, other), Math.max(scene.asOf, other)];
        const after = new Map(
          ask({ ...scene, asOf: later }).learners.map((each) => [each.enrolment.id, each]),
        );
        for (const { enrolment, acts } of ask({ ...scene, asOf: sooner }).learners)
          expect(after.get(enrolment.id)?.acts.filter((act) => act <= sooner)).toEqual(acts);
      }),
      runs,
    );
  });
  it('completedAt and satisfiedAt begin the unbroken spell that lasts until T', () => {
    fc.assert(
      fc.property(cohorts, instants, (scene, between) => {
        const at = (asOf: number, id: string) =>
          ask({ ...scene, asOf }).learners.find(({ enrolment }) => enrolment.id === id);
        for (const { enrolment, completedAt, units } of ask(scene).learners) {
          const spells = [
            { from: completedAt, now: (asOf: number) => at(asOf, enrolment.id)?.completedAt },
            ...units.map(({ satisfiedAt }, index) => ({
              from: satisfiedAt,
              now: (asOf: number) => at(asOf, enrolment.id)?.units[index]?.satisfiedAt,
            })),
          ];
          for (const { from, now } of spells) {
            if (from === null) continue;
            const exists = (asOf: number) => asOf >= enrolment.enrolledAt && asOf <= scene.asOf;
            if (exists(from - 1)) expect(now(from - 1)).toBeNull();
            if (exists(from)) expect(now(from)).toBe(from);
            if (exists(between) && between > from) expect(now(between)).toBe(from);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});

/** A zone for every offset that is in use all year round, without a change of clocks. */
const FIXED_ZONES = [
  ...Array.from({ length: 12 }, (_, index) => `Etc/GMT+${index + 1}`),
  ...Array.from({ length: 14 }, (_, index) => `Etc/GMT-${index + 1}`),
  ...['Pacific/Marquesas', 'Asia/Tehran', 'Asia/Kabul', 'Asia/Kolkata', 'Asia/Kathmandu'],
  ...['Asia/Yangon', 'Australia/Eucla', 'Australia/Darwin'],
];

describe('a zone', () => {
  it('moves everything and changes no figure, whatever its offset from UTC', () => {
    fc.assert(
      fc.property(cohorts, fc.constantFrom(...FIXED_ZONES), (scene, timezone) => {
        const moved = movedBy(
          { ...scene, definition: { ...scene.definition, timezone } },
          offsetOf(timezone),
        );
        const atHome = ask({ ...scene, definition: { ...scene.definition, timezone: 'UTC' } });
        const away = ask(moved);
        expect({ ...away.metrics, asOf: null }).toEqual({ ...atHome.metrics, asOf: null });
        expect(away.rows.map(standing).sort()).toEqual(atHome.rows.map(standing).sort());
      }),
      runs,
    );
  });
});

/** Without instants, and without ids: an enrolment that a statement began is named after its instant. */
const standing = ({ state, alerts, progress, realisation }: Figures['rows'][number]) =>
  JSON.stringify({ state, alerts, progress, realisation });

/** Milliseconds by which clocks of the zone are ahead of UTC. */
function offsetOf(timeZone: string): number {
  const local = new Date(ORIGIN).toLocaleString('sv-SE', { timeZone });
  return Date.parse(`${local.replace(' ', 'T')}Z`) - ORIGIN;
}

/** The same at the same local times in a zone that is `ahead` of UTC. */
function movedBy(scene: Scene & { readonly definition: CohortDefinition }, ahead: number): Scene {
  const earlier = (instant: number) => instant - ahead;
  const earlierText = (text: string) => new Date(earlier(Date.parse(text))).toISOString();
  const { definition, enrolments = [], told = [], asOf } = scene;
  return {
    definition: {
      ...definition,
      units: definition.units.map((unit) => ({
        ...unit,
        ...(unit.startsAt === undefined ? {} : { startsAt: earlierText(unit.startsAt) }),
        ...(unit.endsAt === undefined ? {} : { endsAt: earlierText(unit.endsAt) }),
      })),
    },
    enrolments: enrolments.map((change) => ({
      ...change,
      enrolledAt: earlier(change.enrolledAt),
      endedAt: change.endedAt === null ? null : earlier(change.endedAt),
      suspensions: change.suspensions.map(([from, to]) => [earlier(from), to === null ? null : earlier(to)]),
    })),
    told: told.map((each) => ({ ...each, at: earlier(each.at) })),
    asOf: earlier(asOf),
  };
}
