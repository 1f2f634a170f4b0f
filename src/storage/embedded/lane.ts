import type { Worker } from 'node:worker_threads';
import { AssiduError } from '../../base/errors.ts';
import { startThread } from '../../base/start-thread.ts';
import { openConnection } from './connection.ts';
import { createExecutor } from './executor.ts';
import type { Operation } from './operation.ts';
import { operations } from './operations/index.ts';
import type { ThreadAnswer, ThreadData, ThreadRequest } from './thread.ts';

/** One connection and what waits for it. */
export interface Lane {
  run(name: string, input: unknown): Promise<unknown>;
  close(): Promise<void>;
}

const byName = new Map<string, Operation<unknown, unknown>>(
  Object.entries(operations as unknown as Record<string, Operation<unknown, unknown>>),
);

/** A lane in this very thread: for commands and tests, where starting a thread costs more than it gives. */
export function openInlineLane(data: ThreadData, clock: () => number): Lane {
  const executor = createExecutor(openConnection(data.file, data.access), clock);
  return {
    run: async (name, input) => {
      const operation = byName.get(name);
      if (!operation) throw new AssiduError('internal', `unknown operation ${name}`);
      try {
        return await executor.submit(operation, input);
      } catch (error) {
        throw new AssiduError('storage', `the store failed at ${name}`, { cause: error });
      }
    },
    close: async () => executor.close(),
  };
}

/**
 * A lane in a thread of its own. A thread that dies fails what waited for it; nothing unanswered counts as kept. What is
 * asked a little later starts another.
 * What is to be written while the thread works is sent together when it has answered: waking a thread costs more than
 * most of what it is told, and writes that arrive together share a transaction. Once there is enough to keep it at work
 * for longer than that, it is sent at once, so that the thread never waits for the next.
 */
export function openThreadLane(data: ThreadData): Lane {
  const waiting = new Map<number, { resolve(output: unknown): void; reject(error: unknown): void }>();
  let gathered: ThreadRequest[] = [];
  let weight = 0;
  /** How many of the requests sent are not answered. */
  let sent = 0;
  let lastId = 0;
  let closed = false;
  /** What the latest thread ended of; null while it is there. */
  let fault: AssiduError | null = null;
  let diedAt = 0;
  let worker = start();

  function start(): Worker {
    const thread = startThread(new URL('./thread', import.meta.url), {
      workerData: data,
      resourceLimits: LIMITS,
    });
    let cause: unknown;
    thread.on('message', settle);
    thread.on('error', (error) => {
      cause = error;
    });
    thread.on('exit', (code) => fail(cause ?? `exit code ${code}`));
    return thread;
  }
  function fail(cause: unknown): void {
    fault = new AssiduError('storage', 'a thread of the store has ended', { cause });
    diedAt = performance.now();
    for (const { reject } of waiting.values()) reject(fault);
    waiting.clear();
    gathered = [];
    weight = 0;
    sent = 0;
  }
  function settle(answers: readonly ThreadAnswer[]): void {
    sent -= answers.length;
    if (sent === 0) send();
    for (const answer of answers) {
      const caller = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ('error' in answer)
        caller?.reject(new AssiduError('storage', 'the store failed', { cause: answer.error }));
      else caller?.resolve(answer.output);
    }
  }
  function send(): void {
    if (gathered.length === 0) return;
    const requests = gathered;
    gathered = [];
    weight = 0;
    sent += requests.length;
    worker.postMessage(requests);
  }

  const run = (name: string, input: unknown): Promise<unknown> => {
    if (closed) return Promise.reject(new AssiduError('storage', 'the store is closed'));
    if (fault !== null) {
      if (performance.now() - diedAt < PAUSE) return Promise.reject(fault);
      fault = null;
      worker = start();
    }
    lastId += 1;
    gathered.push({ id: lastId, name, input });
    weight += byName.get(name)?.weight?.(input) ?? 1;
    if (data.access === 'read' || weight >= ENOUGH) send();
    // With all that comes in this turn of the event loop.
    else if (sent === 0 && gathered.length === 1) setImmediate(send);
    const id = lastId;
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  };
  return {
    run,
    close: async () => {
      if (closed) return;
      const last = fault === null ? run('close', null) : null;
      closed = true;
      await last;
      await worker.terminate();
    },
  };
}

/** How long after its death a thread is followed by another, ms: what kills each of them may last. */
const PAUSE = 1_000;

/** How much work is worth waking a thread for while it is at work. */
const ENOUGH = 16;

/** What a thread makes lives shortly: more room for it would only be memory that nobody gives back. In MB. */
const LIMITS = { maxYoungGenerationSizeMb: 6 };
