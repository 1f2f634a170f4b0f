import type { Model } from 'mongoose';
import { insertOnce } from '../insert.ts';
import { keyOf } from '../keys.ts';
import type { FactPageFields } from './facts-collections.ts';

/** So many pages at the end are looked at; they are joined when so many of them are small. */
const LAST = 128;
const MANY = 32;
/** Characters of a page that is no longer small. */
const PAGE = 16_000;

type PageHead = Omit<FactPageFields, 'facts'>;

/**
 * Joins small pages at the end of a generation. A joined page is inserted before those in it are removed, and ends where
 * the last of them does: whoever reads meanwhile finds each fact, some perhaps twice.
 */
export async function joinPages(pages: Model<FactPageFields>, generation: string): Promise<void> {
  const last = await pages
    .find({ generation }, { facts: 0 })
    .sort({ seq: -1, from: -1 })
    .limit(LAST)
    .lean<PageHead[]>();
  if (last.filter(({ size }) => size < PAGE).length < MANY) return;
  for (const run of runsOf(last.toReversed())) await join(pages, run);
}

/** Those that follow each other and fit into one page, several to a run. */
function runsOf(inOrder: readonly PageHead[]): readonly (readonly PageHead[])[] {
  const runs: PageHead[][] = [];
  let size = 0;
  for (const page of inOrder) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run && before && page.from >= before.seq && size + page.size <= PAGE) {
      run.push(page);
      size += page.size;
    } else {
      runs.push([page]);
      size = page.size;
    }
  }
  return runs.filter((run) => run.length > 1);
}

async function join(pages: Model<FactPageFields>, run: readonly PageHead[]): Promise<void> {
  const ids = run.map(({ _id }) => _id);
  const found = await pages
    .find({ _id: { $in: ids } })
    .sort({ seq: 1 })
    .lean<FactPageFields[]>();
  const [first, last] = [found[0], found.at(-1)];
  // Another one is just joining them.
  if (!first || !last || found.length < run.length) return;
  const facts = found.map((page) => page.facts).join('\n');
  // Not the key of a page that somebody may yet insert: those name one position.
  const _id = keyOf(first.generation, first.from, last.seq);
  await insertOnce(pages, { ...first, _id, seq: last.seq, facts, size: facts.length });
  await pages.deleteMany({ _id: { $in: ids } });
}
