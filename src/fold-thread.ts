import { parentPort, workerData } from 'node:worker_threads';
import { foldStretch } from './cohorts/fold.ts';
import type { FoldAnswer, FoldRequest } from './cohorts/fold-crew.ts';
import { openEmbedded } from './storage/embedded/open-embedded.ts';

/** What a thread of the fold crew is given: the folder of the embedded store. */
export interface FoldThreadData {
  readonly folder: string;
}

if (!parentPort) throw new Error('fold-thread.ts runs in a worker thread');
const port = parentPort;
const { folder }: FoldThreadData = workerData;
const { statements } = openEmbedded({ folder, mode: 'inline' });

port.on('message', ({ id, cohort, from, to }: FoldRequest) => {
  foldStretch(statements, cohort, { from, to }).then(
    (lines) => port.postMessage({ id, lines } satisfies FoldAnswer),
    (error: unknown) => port.postMessage({ id, error: String(error) } satisfies FoldAnswer),
  );
});
