import { parentPort, workerData } from 'node:worker_threads';
import { openConnection } from './connection.ts';
import { createExecutor } from './executor.ts';
import type { Operation } from './operation.ts';
import { operations } from './operations/index.ts';

/** A thread that owns one connection, so that neither long reads nor the disk hold up the event loop that serves requests. */
export interface ThreadData {
  readonly file: string;
  readonly access: 'read' | 'write';
}

/** Messages are lists of these, either way. */
export type ThreadRequest =
  | { readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly id: number; readonly name: 'close'; readonly input: null };

export type ThreadAnswer =
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number; readonly error: string };

if (!parentPort) throw new Error('thread.ts runs in a worker thread');
const port = parentPort;

const data: ThreadData = workerData;
const executor = createExecutor(openConnection(data.file, data.access), Date.now);
const byName = new Map<string, Operation<unknown, unknown>>(
  Object.entries(operations as unknown as Record<string, Operation<unknown, unknown>>),
);

let answers: ThreadAnswer[] = [];
const send = () => {
  port.postMessage(answers);
  answers = [];
};
/** What a commit settles is answered together; what is read, at once. */
const answer = (settled: ThreadAnswer) => {
  answers.push(settled);
  if (data.access === 'read') send();
  else if (answers.length === 1) setImmediate(send);
};

port.on('message', (requests: readonly ThreadRequest[]) => {
  for (const request of requests) take(request);
});

function take(request: ThreadRequest): void {
  if (request.name === 'close') {
    executor.close();
    answer({ id: request.id, output: null });
    // A port that is closed sends nothing more: the writes just committed are answered first.
    setImmediate(() => setImmediate(() => port.close()));
    return;
  }
  const operation = byName.get(request.name);
  if (!operation) throw new Error(`unknown operation ${request.name}`);
  executor.submit(operation, request.input).then(
    (output) => answer({ id: request.id, output }),
    (error: unknown) => answer({ id: request.id, error: String(error) }),
  );
}
