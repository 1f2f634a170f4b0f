import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CohortDefinition } from '../../config/cohort-definition.ts';
import type { Instants } from '../../src/cohorts/figures.ts';
import type { EnrolmentChange } from '../../src/storage/ports/cohort-store.ts';
import { definitions, enrolments, ORIGIN, tellings } from '../support/arbitraries.ts';
import { openServices, senderOf, type TurnedServices } from '../support/open-services.ts';
import { agent, SITE, statement, type Told } from '../support/scene.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const COHORTS_A_WORLD = 4;

/** Cohorts of one course, its people, and all that is said of them. */
interface World {
  readonly definitions: readonly CohortDefinition[];
  /** What the first cohort becomes later. */
  readonly changed: CohortDefinition;
  readonly enrolments: readonly EnrolmentChange[];
  readonly told: readonly Told[];
  readonly seed: number;
}

const worlds: fc.Arbitrary<World> = fc.record({
  definitions: fc.array(definitions, { minLength: COHORTS_A_WORLD, maxLength: COHORTS_A_WORLD }),
  changed: definitions,
  enrolments,
  told: tellings,
  seed: fc.nat(),
});

/** Something that happens to the store, some hours after what happened before. */
type Event = () => Promise<unknown>;

/** Whole numbers below a bound, the same ones for the same seed. */
function dice(seed: number): (below: number) => number {
  let state = (seed % 2_147_483_646) + 1;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

/** Plays a world into the services, under a name of its own, in an order and in batches that the seed decides. */
function eventsOf({ services }: TurnedServices, world: World, name: string, seed: number): readonly Event[] {
  const roll = dice(seed);
  const named = (text: string) => text.replaceAll(SITE, `https://${name}.example`);
  const idOf = (index: number) => `${name}-${index}`;
  const apply = (definition: CohortDefinition, index: number): Event => {
    const text = named(JSON.stringify({ ...definition, id: idOf(index) }));
    return () => services.definitions.apply('default', JSON.parse(text), 'test');
  };
  const enrol = (change: EnrolmentChange): Event => {
    const actor: ReturnType<typeof agent> = JSON.parse(named(JSON.stringify(agent(change.learnerId))));
    return async () => {
      for (const index of world.definitions.keys())
        await services.enrolments.record(
          await services.definitions.show('default', idOf(index), null),
          [{ ...change, actor }],
          { source: 'api', by: 'test' },
        );
    };
  };
  const statements: Event[] = [];
  const voids: Event[] = [];
  const kept = world.told.map((each, index) => ({ each, id: idFor(name, index) }));
  for (let rest = kept; rest.length > 0; ) {
    const batch = rest.slice(0, 1 + roll(12));
    rest = rest.slice(batch.length);
    for (const standings of [true, false]) {
      const texts = batch
        .filter(({ each }) => each.standings === standings)
        .map(({ each, id }) => textOf(each, id));
      if (texts.length > 0)
        statements.push(() =>
          services.intake.accept(
            senderOf(`writer-${standings}`, { standings }),
            named(`[${texts.join()}]`),
            '1.0.3',
          ),
        );
    }
  }
  for (const { each, id } of kept)
    if (each.voidedAt !== null) {
      const text = voidingText(id);
      voids.push(() => services.intake.accept(senderOf('admin', { voidsAny: true }), text, '1.0.3'));
    } else if (roll(4) === 0) {
      // A stranger voids in vain.
      const text = voidingText(id);
      voids.push(() => services.intake.accept(senderOf('stranger'), text, '1.0.3'));
    }
  const repeated = statements.filter(() => roll(4) === 0);
  const [first, ...others] = world.definitions.map(apply);
  const anyTime = shuffled([...statements, ...repeated, ...voids], roll);
  // Enrolments and definitions keep their own order: of these the last one holds.
  const inOrder = [...world.enrolments.map(enrol), apply(world.changed, 0)];
  return [...(first ? [first] : []), ...others, ...interleaved(anyTime, inOrder, roll)];
}

/** Every other statement has an id of its own; those to be voided always do. */
function textOf({ statement: said, voidedAt }: Told, id: string): string {
  return JSON.stringify(voidedAt !== null || Number(id.at(-1)) % 2 === 0 ? { id, ...said } : said);
}

function voidingText(id: string): string {
  const {
    context: _,
    object: __,
    ...rest
  } = statement('http://adlnet.gov/expapi/verbs/voided', 'x:', ORIGIN);
  return JSON.stringify({ ...rest, object: { objectType: 'StatementRef', id } });
}

function idFor(name: string, index: number): string {
  const hex = Buffer.from(name.padEnd(8, '.')).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8000-${index.toString(10).padStart(12, '0')}`;
}

function shuffled<T>(list: readonly T[], roll: (below: number) => number): readonly T[] {
  return list
    .map((item) => ({ item, key: roll(1_000_000) }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

function interleaved<T>(a: readonly T[], b: readonly T[], roll: (below: number) => number): readonly T[] {
  const [first, second] = [[...a], [...b]];
  const mixed: T[] = [];
  while (first.length + second.length > 0) {
    const next = roll(first.length + second.length) < first.length ? first.shift() : second.shift();
    if (next !== undefined) mixed.push(next);
  }
  return mixed;
}

/** What is answered, without what differs by chance or by name. */
async function answer(
  { services }: TurnedServices,
  cohortId: string,
  instants: Instants,
  kind: 'of' | 'recomputed',
) {
  const { metrics, rows, learnerOf } = await services.figures[kind]('default', cohortId, instants);
  expect(learnerOf.size).toBe(rows.length);
  return { metrics, rows };
}

describe('figures recomputed from what is kept equal the kept ones, always', () => {
  it('of 200 cohorts, in any order, in any batches, with repeats, voids, enrolments and changed definitions', async () => {
    const property = fc.asyncProperty(worlds, async (world) => {
      const opened = openServices(ORIGIN - 5 * DAY);
      try {
        const reports = [...(await play(opened, world, 'a')), ...(await play(opened, world, 'b'))];
        const asked: readonly Instants[] = [
          { asOf: ORIGIN + 41 * DAY, knownAt: null },
          { asOf: ORIGIN + 20 * DAY, knownAt: opened.now() },
        ];
        for (const index of world.definitions.keys())
          for (const instants of asked) {
            const kept = await answer(opened, `a-${index}`, instants, 'of');
            expect(kept).toEqual(await answer(opened, `a-${index}`, instants, 'recomputed'));
            // Told in another order and in other batches, the same.
            const other = await answer(opened, `b-${index}`, instants, 'of');
            expect(anonymous(other, 'b')).toEqual(anonymous(kept, 'a'));
          }
        for (const { cohortId, instants, report } of reports) {
          expect(await answer(opened, cohortId, instants, 'of')).toEqual(report);
          expect(await answer(opened, cohortId, instants, 'recomputed')).toEqual(report);
        }
      } finally {
        await opened.close();
      }
    });
    await fc.assert(property, { numRuns: 200 / (2 * COHORTS_A_WORLD), endOnFailure: true });
  }, 120_000);
});

interface Report {
  readonly cohortId: string;
  readonly instants: Instants;
  readonly report: object;
}

/** Lets a world happen, an event every seven hours; a report made halfway can be asked for again later. */
async function play(opened: TurnedServices, world: World, name: string): Promise<readonly Report[]> {
  const reports: Report[] = [];
  const events = eventsOf(opened, world, name, world.seed + name.charCodeAt(0));
  for (const [done, event] of events.entries()) {
    opened.turnTo(opened.now() + 7 * HOUR);
    await event();
    if (done !== Math.floor(events.length / 2)) continue;
    const cohortId = `${name}-0`;
    const instants = { asOf: opened.now(), knownAt: opened.now() };
    reports.push({ cohortId, instants, report: await answer(opened, cohortId, instants, 'of') });
  }
  return reports;
}

/** Without ids made by chance, and without the name of the world. */
function anonymous(answers: object, name: string): unknown {
  const text = JSON.stringify(answers, (key, value) =>
    key === 'enrolmentId' || key === 'cohortVersion' ? null : value,
  );
  const { metrics, rows } = JSON.parse(text.replaceAll(`"${name}-`, '"').replaceAll(`//${name}.`, '//'));
  const texts: readonly string[] = rows.map((row: unknown) => JSON.stringify(row));
  return { metrics, rows: [...texts].sort() };
}
