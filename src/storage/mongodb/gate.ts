import { AssiduError } from '../../base/errors.ts';

/** Through which every call of a port goes. */
export interface Gate {
  /** Runs work once the database is open; rejects with `storage` where it fails, or when the gate is closed. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Lets nothing in any more, and waits for what is inside. */
  close(): Promise<void>;
}

/** `open` is tried again by the next call when it fails: the server may come later than we do. */
export function createGate(open: () => Promise<void>): Gate {
  const inside = new Set<Promise<unknown>>();
  let closed = false;
  let opening: Promise<void> | null = null;
  const opened = (): Promise<void> => {
    opening ??= open().catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  };
  const attempt = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      await opened();
      return await work();
    } catch (error) {
      if (error instanceof AssiduError) throw error;
      throw new AssiduError('storage', 'the database did not do what it was asked', { cause: error });
    }
  };
  return {
    run: async (work) => {
      if (closed) throw new AssiduError('storage', 'the storage is closed');
      const running = attempt(work);
      inside.add(running);
      try {
        return await running;
      } finally {
        inside.delete(running);
      }
    },
    close: async () => {
      closed = true;
      await Promise.allSettled([...inside]);
    },
  };
}

/** The same port, each of whose calls goes through the gate. For ports all of whose methods answer a promise. */
export function guarded<Port extends object>(gate: Gate, port: Port): Port {
  return new Proxy(port, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      return typeof method !== 'function'
        ? method
        : (...values: readonly unknown[]) => gate.run(() => Reflect.apply(method, target, values));
    },
  });
}
