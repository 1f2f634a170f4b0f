import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentId } from '../../src/base/content-id.ts';
import { createMarks, type Marked } from '../../src/units/marks.ts';
import { isOwnUnit } from '../../src/units/own-units.ts';
import { actorKey } from '../../xapi/statement/ifi.ts';
import { openServices, senderOf, type TurnedServices } from '../support/open-services.ts';

const actor = { objectType: 'Agent', account: { homePage: 'https://lms.example', name: '4' } } as const;
const COMPLETED = 'http://adlnet.gov/expapi/verbs/completed';

describe('a learner’s word that a unit is done', () => {
  let turned: TurnedServices;
  let marked: () => Marked;
  beforeAll(async () => {
    turned = openServices(Date.UTC(2026, 2, 2, 9));
    const { cohort } = await turned.services.definitions.apply(
      'default',
      {
        id: 'spoc',
        title: 'SPOC',
        kind: 'spoc',
        startsOn: '2026-01-05',
        units: [{ id: 'https://units.example/1', content: { markAsDone: true } }],
      },
      'test',
    );
    const [unit] = cohort.definition.units.filter(isOwnUnit);
    if (unit === undefined) throw new Error('the cohort has a unit of ours');
    marked = () => ({ actor, unit, place: { cohort, enrolmentId: randomUUID() } });
  });
  afterAll(() => turned.close());

  const marksOf = ({ services, now, turnTo }: TurnedServices) =>
    createMarks({
      statements: services.storage.statements,
      intake: services.intake,
      publicUrl: 'https://assidu.test',
      // No two readings are the same, so that statements made at once differ.
      clock: () => {
        turnTo(now() + 1);
        return now();
      },
    });
  const standing = async ({ place }: Marked) => {
    const { statements } = await turned.services.storage.statements.query('default', {
      agent: actorKey(actor) ?? '',
      verb: COMPLETED,
      registration: place.enrolmentId ?? '',
      relatedAgents: false,
      relatedActivities: false,
      ascending: true,
      limit: 100,
    });
    return statements.filter(({ text }) => JSON.parse(text).verb.id === COMPLETED);
  };

  it('is always one statement or none, whatever tabs press at once, and what was pressed last holds', async () => {
    const presses = fc.array(
      fc.array(fc.constantFrom('set' as const, 'undo' as const), { minLength: 1, maxLength: 3 }),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(presses, async (rounds) => {
        const marks = marksOf(turned);
        const mine = marked();
        for (const round of rounds) {
          await Promise.all(
            round.map(async (press) => {
              if (press === 'set') return marks.set(mine);
              const mark = await marks.find(mine);
              return mark === null ? undefined : marks.undo(mine, mark);
            }),
          );
          const mark = await marks.find(mine);
          const kept = await standing(mine);
          expect(kept.map(({ id }) => id)).toEqual(mark === null ? [] : [mark.statementId]);
          const [only] = new Set(round);
          if (new Set(round).size === 1) expect(mark === null).toBe(only === 'undo');
        }
      }),
      { numRuns: 25 },
    );
  });

  it('is nobody’s when another writer took the id it would have: the next one is taken', async () => {
    const [marks, mine] = [marksOf(turned), marked()];
    const first = contentId(['done', 'default', 'spoc', mine.place.enrolmentId, mine.unit.id, 0].join('\n'));
    const forged = { id: first, actor, verb: { id: COMPLETED }, object: { id: mine.unit.id } };
    await turned.services.intake.accept(senderOf('content'), JSON.stringify(forged), '1.0.3');
    expect(await marks.find(mine)).toBeNull();
    await marks.set(mine);
    const mark = await marks.find(mine);
    expect(mark?.statementId).not.toBe(first);
    expect(await standing(mine)).toHaveLength(1);
  });

  it('cannot be taken back for ever', async () => {
    const [marks, mine] = [marksOf(turned), marked()];
    for (let turn = 0; turn < 25; turn += 1) {
      await marks.set(mine);
      const mark = await marks.find(mine);
      if (mark !== null) await marks.undo(mine, mark);
    }
    expect(await marks.find(mine)).toMatchObject({ last: true });
    expect(await standing(mine)).toHaveLength(1);
  });
});
