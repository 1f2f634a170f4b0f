import type { Leased } from '../../src/storage/ports/lease.ts';

const LENGTH = 15_000;
const RENEWED_EVERY = 5_000;

export interface LeaseDeps {
  readonly store: Leased;
  /** What this process is called among those that share the store. */
  readonly holder: string;
  /** ms since the epoch. */
  readonly clock: () => number;
}

/** Works on an item while no other process does; null when another one has it. Who dies is succeeded 15 s later. */
export async function withLease<Result>(
  id: string,
  { store, holder, clock }: LeaseDeps,
  work: (epoch: number) => Promise<Result>,
): Promise<Result | null> {
  const take = () => store.lease(id, holder, clock(), clock() + LENGTH);
  const epoch = await take();
  if (epoch === null) return null;
  // Should a renewal fail, the epoch tells: whoever took over is not overwritten.
  const heart = setInterval(() => void take().catch(() => undefined), RENEWED_EVERY);
  try {
    return await work(epoch);
  } finally {
    clearInterval(heart);
    await store.release(id, holder);
  }
}
