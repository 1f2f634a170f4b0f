import type { Worker } from 'node:worker_threads';
import { AssiduError } from '../base/errors.ts';
import type { FactLines } from '../storage/ports/fact-store.ts';
import type { Cohort } from './definitions.ts';

/** Statements of a cohort after `from`, up to `to`, to be made into facts. */
export interface Stretch {
  readonly cohort: Cohort;
  readonly from: number;
  readonly to: number;
}

/** What goes to a thread of the crew, and what comes back; `end` has no answer. */
export type FoldRequest = FoldStretch | 'end';
export interface FoldStretch extends Stretch {
  readonly id: number;
}
export type FoldAnswer =
  | { readonly id: number; readonly lines: FactLines }
  | { readonly id: number; readonly error: string };

/** Threads that make long histories into facts, each with a storage of its own, while this one goes on serving. */
export interface FoldCrew {
  /** How many stretches are worked on at once, and how many positions one has. */
  readonly size: number;
  readonly stretch: number;
  /** From so many positions on a history is worth starting threads for. */
  readonly from: number;
  /** Has threads for as long as the work lasts. Throws `storage` when one of them fails. */
  during<Result>(work: (fold: (stretch: Stretch) => Promise<FactLines>) => Promise<Result>): Promise<Result>;
}

/** The usual bounds of a crew's work, in positions. */
const USUAL = { from: 40_000, stretch: 10_000 };

export function createFoldCrew(
  size: number,
  start: () => Worker,
  bounds: Pick<FoldCrew, 'from' | 'stretch'> = USUAL,
): FoldCrew {
  return {
    ...bounds,
    size,
    during: async (work) => {
      const members = Array.from({ length: size }, () => member(start()));
      let turn = 0;
      try {
        return await work((stretch) => {
          turn += 1;
          return members[turn % size]?.fold(stretch) ?? Promise.reject(new Error('there is no thread'));
        });
      } finally {
        await Promise.all(members.map(({ end }) => end()));
      }
    },
  };
}

function member(worker: Worker) {
  const waiting = new Map<number, { resolve(lines: FactLines): void; reject(error: unknown): void }>();
  let lastId = 0;
  let fault: AssiduError | null = null;
  const fail = (cause: unknown) => {
    fault ??= new AssiduError('storage', 'a thread that makes facts has ended', { cause });
    for (const { reject } of waiting.values()) reject(fault);
    waiting.clear();
  };
  worker.on('error', fail);
  const exited = new Promise<void>((resolve) => {
    worker.on('exit', (code) => {
      fail(`exit code ${code}`);
      resolve();
    });
  });
  worker.on('message', (answer: FoldAnswer) => {
    const caller = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('lines' in answer) caller?.resolve(answer.lines);
    else caller?.reject(new AssiduError('storage', 'facts could not be made', { cause: answer.error }));
  });
  return {
    fold: (stretch: Stretch): Promise<FactLines> => {
      if (fault) return Promise.reject(fault);
      lastId += 1;
      const request: FoldStretch = { ...stretch, id: lastId };
      return new Promise((resolve, reject) => {
        waiting.set(request.id, { resolve, reject });
        worker.postMessage(request satisfies FoldRequest);
      });
    },
    // Not terminated: libsql does not bear it in the middle of a call, and may take the process along.
    end: async () => {
      worker.postMessage('end' satisfies FoldRequest);
      await exited;
    },
  };
}
