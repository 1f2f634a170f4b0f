import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NewStatement, StatementQuery } from '../../../src/storage/ports/index.ts';
import { naively, queryArbitrary, type Written, writtenArbitrary } from './model.ts';
import {
  ALL_OF_IT,
  type Amount,
  allOf,
  asking,
  direct,
  idsOf,
  newOrg,
  related,
  type Subject,
  statement,
  stored,
  writer,
} from './subject.ts';

const ACTOR = 'mailto:learner@example.org';
const COURSE = 'https://lms.example/course/7';

/** GET /statements, translated: filters and order. */
export function describeQuery(storage: Subject, { runs }: Amount = ALL_OF_IT): void {
  describe('querying statements', () => {
    /** The one statement of two that a filter finds. */
    const finds = async (given: Partial<NewStatement>, filter: Partial<StatementQuery>) => {
      const org = newOrg();
      const [wanted, other] = [statement(given), statement()];
      await stored(storage(), org, [other, wanted]);
      expect(idsOf(await allOf(storage(), org, asking(filter)))).toEqual([wanted.id]);
    };

    it('filters by agent', () => finds({ agents: direct(ACTOR) }, { agent: ACTOR }));
    it('filters by agents in any role', () =>
      finds({ agents: related(ACTOR) }, { agent: ACTOR, relatedAgents: true }));
    it('filters by activity', () => finds({ activities: direct(COURSE) }, { activity: COURSE }));
    it('filters by related activities', () =>
      finds({ activities: related(COURSE) }, { activity: COURSE, relatedActivities: true }));
    it('filters by verb', () =>
      finds({ verb: 'https://v.example/read' }, { verb: 'https://v.example/read' }));
    it('filters by registration', () => {
      const registration = '7a1ff0c1-1d3c-4fb4-8c4c-5b0b2ce3c0aa';
      return finds({ registration }, { registration });
    });
    it('finds names of any characters', () => {
      const name = 'https://lms.example|étudiant "1"\\ 😀 \u0000 %_*';
      return finds({ agents: direct(name) }, { agent: name });
    });

    it('leaves related ones out unless asked for', async () => {
      const org = newOrg();
      await stored(storage(), org, [statement({ agents: related(ACTOR), activities: related(COURSE) })]);
      expect(await allOf(storage(), org, asking({ agent: ACTOR }))).toEqual([]);
      expect(await allOf(storage(), org, asking({ activity: COURSE }))).toEqual([]);
    });

    it('takes a term named both ways for named directly', async () => {
      const org = newOrg();
      const both = statement({
        agents: [...related(ACTOR), ...direct(ACTOR)],
        activities: [...direct(COURSE), ...related(COURSE)],
      });
      await stored(storage(), org, [both]);
      expect(idsOf(await allOf(storage(), org, asking({ agent: ACTOR, activity: COURSE })))).toEqual([
        both.id,
      ]);
    });

    it('filters by the key that wrote', async () => {
      const org = newOrg();
      const [mine, theirs] = [statement(), statement()];
      await stored(storage(), org, [mine], writer('mine'));
      await stored(storage(), org, [theirs], writer('theirs'));
      expect(idsOf(await allOf(storage(), org, asking({ writtenBy: 'mine' })))).toEqual([mine.id]);
    });

    it('takes `since` as strictly after and `until` as at or before', async () => {
      const org = newOrg();
      const [first, second, third] = [statement(), statement(), statement()];
      const { stored: since } = await stored(storage(), org, [first]);
      const { stored: until } = await stored(storage(), org, [second]);
      await stored(storage(), org, [third]);
      expect(idsOf(await allOf(storage(), org, asking({ since })))).toEqual([second.id, third.id]);
      expect(idsOf(await allOf(storage(), org, asking({ until })))).toEqual([first.id, second.id]);
      expect(idsOf(await allOf(storage(), org, asking({ since, until })))).toEqual([second.id]);
    });

    it('answers newest first unless asked to ascend', async () => {
      const org = newOrg();
      const batch = [statement(), statement(), statement()];
      await stored(storage(), org, batch);
      expect(idsOf(await allOf(storage(), org, asking({ ascending: false })))).toEqual(
        idsOf(batch).toReversed(),
      );
    });

    it('never finds what another organisation keeps', async () => {
      const [one, other] = [newOrg(), newOrg()];
      await stored(storage(), one, [statement({ agents: direct(ACTOR), activities: direct(COURSE) })]);
      for (const filter of [
        {},
        { agent: ACTOR },
        { activity: COURSE },
        { verb: 'https://verbs.example/did' },
      ])
        expect(await allOf(storage(), other, asking(filter))).toEqual([]);
    });

    it('finds what trying every statement in turn finds, for any statements and any combination of filters', async () => {
      await fc.assert(
        fc.asyncProperty(
          writtenArbitrary,
          fc.array(queryArbitrary, { minLength: 8, maxLength: 8 }),
          async (written, queries) => {
            const org = newOrg();
            const kept: (Written & { stored: number })[] = [];
            for (const each of written)
              kept.push({
                ...each,
                stored: (await stored(storage(), org, [each.statement], each.by)).stored,
              });
            const instant = (index: number | undefined) =>
              index === undefined ? undefined : kept[index % kept.length]?.stored;
            for (const drawn of queries) {
              const query = { ...drawn, since: instant(drawn.since), until: instant(drawn.until) };
              expect(idsOf(await allOf(storage(), org, query))).toEqual(naively(kept, query));
            }
          },
        ),
        { numRuns: runs },
      );
    });
  });
}
