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
 * A lane in a thread of its own. A thread that dies fails what waited for it; nothing unanswered counts as kept.
 * What is to be written while the thread works is sent together when it has answered: waking a thread costs more than
 * most of what it is told, and writes that arrive together share a transaction. Once there is enough to keep it at work
 * for longer than that, it is sent at once, so that the thread never waits for the next.
 */
export function openThreadLane(data: ThreadData): Lane {
  const worker = startThread(new URL('./thread', import.meta.url), {
    workerData: data,
    resourceLimits: LIMITS,
  });
  const waiting = new Map<number, { resolve(output: unknown): void; reject(error: unknown): void }>();
  let gathered: ThreadRequest[] = [];
  let weight = 0;
  /** How many of the requests sent are not answered. */
  let sent = 0;
  let lastId = 0;
  let fault: AssiduError | null = null;

  const fail = (cause: unknown) => {
    fault ??= new AssiduError('storage', 'the store is closed', { cause });
    for (const { reject } of waiting.values()) reject(fault);
    waiting.clear();
  };
  const send = () => {
    if (gathered.length === 0) return;
    const requests = gathered;
    gathered = [];
    weight = 0;
    sent += requests.length;
    worker.postMessage(requests);
  };
  worker.on('message', (answers: readonly ThreadAnswer[]) => {
    sent -= answers.length;
    if (sent === 0) send();
    for (const answer of answers) {
      const caller = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ('error' in answer)
        caller?.reject(new AssiduError('storage', 'the store failed', { cause: answer.error }));
      else caller?.resolve(answer.output);
    }
  });
  worker.on('error', fail);
  worker.on('exit', (code) => fail(`exit code ${code}`));

  const run = (name: string, input: unknown): Promise<unknown> => {
    if (fault) return Promise.reject(fault);
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
      if (fault) return;
      await run('close', null);
      await worker.terminate();
    },
  };
}

/** How much work is worth waking a thread for while it is at work. */
const ENOUGH = 16;

/** What a thread makes lives shortly: more room for it would only be memory that nobody gives back. In MB. */
const LIMITS = { maxYoungGenerationSizeMb: 6 };
