import type { FactLines, FactStore, FoldPosition, FoldStep } from '../../ports/fact-store.ts';
import type { MongoContext } from '../context.ts';
import { insertOnce } from '../insert.ts';
import { keyOf } from '../keys.ts';
import { REFERENCES } from '../statements/references-collection.ts';
import { createTurns } from '../turns.ts';
import {
  FACT_PAGES,
  type FactPageFields,
  FOLD_POSITIONS,
  type FoldPositionFields,
} from './facts-collections.ts';
import { joinPages } from './join-pages.ts';
import { voidedAfter } from './voided-after.ts';

/** How much is read at one time, in characters. */
const READ = 4_000_000;

/** After so many new pages it is looked whether there are many small ones. */
const JOIN_AFTER = 16;

type Owner = Omit<FoldPosition, 'seq'>;
const keyOfOwner = ({ org, cohortId, version }: Owner): string => keyOf(org, cohortId, version);

/** The lines of statements after a position. */
function textAfter(facts: FactLines | undefined, position: number): string {
  const known = facts?.seqs.findIndex((seq) => seq > position) ?? -1;
  if (!facts || known < 0) return '';
  return known === 0 ? facts.text : facts.text.split('\n').slice(known).join('\n');
}

/**
 * A page of facts is inserted before the position moves over it: a crash in between leaves a page that the next one finds
 * under the same key. Of two who follow the same position one inserts its page, the other goes on from there.
 */
export function createFacts({ model, newId }: MongoContext): FactStore {
  const positions = model(FOLD_POSITIONS);
  const pages = model(FACT_PAGES);
  const references = model(REFERENCES);
  const turns = createTurns();

  const positionOf = (owner: Owner): Promise<FoldPositionFields | null> =>
    positions.findOne({ _id: keyOfOwner(owner) }).lean<FoldPositionFields | null>();
  const raise = async (_id: string, generation: string, seq: number): Promise<boolean> => {
    const raised = await positions.updateOne({ _id, generation }, { $max: { seq } });
    return raised.matchedCount > 0;
  };

  /** Pages that this instance has inserted since it last looked whether there are many small ones. */
  const inserted = new Map<string, number>();
  const joinNowAndThen = async (generation: string): Promise<void> => {
    const count = (inserted.get(generation) ?? 0) + 1;
    inserted.set(generation, count % JOIN_AFTER);
    if (count === JOIN_AFTER) await joinPages(pages, generation);
  };

  /** False when somebody else moved the position meanwhile. */
  const attempt = async (step: FoldStep, facts: FactLines | undefined): Promise<boolean> => {
    const { org, cohortId, version } = step;
    const _id = keyOfOwner(step);
    const position = await positionOf(step);
    const kept = position?.seq ?? 0;
    if (step.from > kept || (position && step.seq <= kept)) return true;
    if (!position) {
      await insertOnce(positions, { _id, org, cohortId, version, seq: 0, generation: newId() });
      return false;
    }
    const { generation } = position;
    const text = textAfter(facts, kept);
    if (text !== '') {
      const page: FactPageFields = {
        _id: keyOf(generation, kept),
        org,
        cohortId,
        version,
        generation,
        from: kept,
        seq: step.seq,
        facts: text,
        size: text.length,
      };
      if (!(await insertOnce(pages, page))) {
        const other = await pages.findOne({ _id: page._id }, { seq: 1 }).lean<Pick<FactPageFields, 'seq'>>();
        if (other) await raise(_id, generation, other.seq);
        return false;
      }
    }
    if (await raise(_id, generation, step.seq)) {
      if (text !== '') await joinNowAndThen(generation);
      return true;
    }
    // Forgotten meanwhile: nobody reads that generation any more.
    await pages.deleteOne({ _id: keyOf(generation, kept) });
    return false;
  };

  const pagesAfter = async (generation: string, after: number) => {
    const texts: string[] = [];
    let size = 0;
    let last = after;
    const cursor = pages
      .find({ generation, seq: { $gt: after } }, { facts: 1, seq: 1 })
      .sort({ seq: 1, from: 1 })
      .lean<FactPageFields>()
      .cursor();
    for await (const page of cursor) {
      if (size >= READ && page.seq > last) {
        await cursor.close();
        return { texts, last };
      }
      texts.push(page.facts);
      size += page.facts.length;
      last = page.seq;
    }
    return { texts, last: null };
  };

  return {
    advance: async (facts, steps) => {
      const linesOf = new Map(facts.map((lines) => [keyOfOwner(lines), lines]));
      for (const step of steps) {
        const key = keyOfOwner(step);
        await turns.take(key, async () => {
          while (!(await attempt(step, linesOf.get(key))));
        });
      }
    },
    positions: () =>
      positions
        .find({}, { _id: 0, generation: 0 })
        .sort({ org: 1, cohortId: 1, version: 1 })
        .lean<FoldPosition[]>(),
    facts: async (org, cohortId, version, after) => {
      const position = await positionOf({ org, cohortId, version });
      const [{ texts, last }, voided] = await Promise.all([
        position ? pagesAfter(position.generation, after) : { texts: [], last: null },
        voidedAfter(references, org, after),
      ]);
      const reached = position?.seq ?? 0;
      return { generation: position?.generation ?? null, reached, seq: last ?? reached, texts, voided };
    },
    forget: async (org, cohortId, before) => {
      const older = { org, cohortId, ...(before === null ? {} : { version: { $lt: before } }) };
      await positions.deleteMany(older);
      await pages.deleteMany(older);
    },
  };
}
