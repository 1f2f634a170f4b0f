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

export type ThreadRequest =
  | { readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly id: number; readonly name: 'close'; readonly input: null };

export type ThreadAnswer =
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number; readonly error: string };

const port = parentPort;
if (!port) throw new Error('thread.ts runs in a worker thread');

const data: ThreadData = workerData;
const executor = createExecutor(openConnection(data.file, data.access), Date.now);
const byName = new Map<string, Operation<unknown, unknown>>(
  Object.entries(operations as unknown as Record<string, Operation<unknown, unknown>>),
);

port.on('message', (request: ThreadRequest) => {
  if (request.name === 'close') {
    executor.close();
    // A port that is closed sends nothing more: the writes just committed are answered first.
    setImmediate(() => {
      port.postMessage({ id: request.id, output: null } satisfies ThreadAnswer);
      port.close();
    });
    return;
  }
  const operation = byName.get(request.name);
  if (!operation) throw new Error(`unknown operation ${request.name}`);
  executor.submit(operation, request.input).then(
    (output) => port.postMessage({ id: request.id, output } satisfies ThreadAnswer),
    (error: unknown) => port.postMessage({ id: request.id, error: String(error) } satisfies ThreadAnswer),
  );
});
