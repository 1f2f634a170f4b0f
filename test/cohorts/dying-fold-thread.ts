import { parentPort } from 'node:worker_threads';
import '../../src/fold-thread.ts';

/** A thread of the fold crew that makes two stretches into facts and dies at the third. */
let stretches = 0;
parentPort?.on('message', () => {
  stretches += 1;
  if (stretches === 3) throw new Error('this thread dies');
});
