import { parentPort, workerData } from 'node:worker_threads';
import { foldStretch } from './cohorts/fold.ts';
import type { FoldAnswer, FoldRequest, FoldStretch } from './cohorts/fold-crew.ts';
import { openEmbedded } from './storage/embedded/open-embedded.ts';

/** What a thread of the fold crew is given: the folder of the embedded store. */
export interface FoldThreadData {
  readonly folder: string;
}

if (!parentPort) throw new Error('fold-thread.ts runs in a worker thread');
const port = parentPort;
const { folder }: FoldThreadData = workerData;
const storage = openEmbedded({ folder, mode: 'inline' });
let ended = false;
/** One stretch after another, in the order they were asked for. */
let working: Promise<void> = Promise.resolve();

port.on('message', (request: FoldRequest) => {
  if (request === 'end') {
    ended = true;
    working = working.then(storage.close).then(() => port.close());
  } else working = working.then(() => work(request));
});

async function work({ id, cohort, from, to }: FoldStretch): Promise<void> {
  // Nobody waits any more for what has not begun.
  if (ended) return;
  try {
    const lines = await foldStretch(storage.statements, cohort, { from, to });
    port.postMessage({ id, lines } satisfies FoldAnswer);
  } catch (error) {
    port.postMessage({ id, error: String(error) } satisfies FoldAnswer);
  }
}
