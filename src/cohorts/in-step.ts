import type { StoredStatement } from '../storage/ports/statement-store.ts';

/**
 * Goes through pages from a position up to another, one at least, be it empty: while one is made into facts,
 * the next is read and the one before is written, always in their order.
 */
export async function inStep(
  start: number,
  read: (from: number) => Promise<{ readonly page: readonly StoredStatement[]; readonly seq: number }>,
  make: (page: readonly StoredStatement[], from: number, seq: number) => () => Promise<void>,
  end: number,
): Promise<void> {
  let written: Promise<void> = Promise.resolve();
  let reading = read(start);
  for (let from = start, last = false; !last; ) {
    const { page, seq } = await reading;
    last = seq >= end;
    if (!last) {
      reading = read(seq);
      // Awaited in the next turn; if that never comes, nobody is left to be told.
      reading.catch(() => undefined);
    }
    const write = make(page, from, seq);
    await written;
    written = write();
    written.catch(() => undefined);
    from = seq;
  }
  await written;
}
