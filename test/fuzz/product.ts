import { type ServerProcess, startServerProcess } from '../crash/server-process.ts';
import { createExchange, type Exchange } from './exchange.ts';

/** The product in a process of its own, and a way to talk to it. */
export interface Product extends Exchange {
  readonly url: string;
  /** True once its process ended. */
  gone(): boolean;
  /** Resident memory as it says itself, MB. */
  memory(): Promise<number>;
  /** Ends it; answers what it wrote about its failures. */
  stop(): Promise<string>;
}

export async function startProduct(folder: string, connections: number): Promise<Product> {
  const server: ServerProcess = await startServerProcess(folder, { ASSIDU_LOG: 'error' });
  const exchange = createExchange(server.url, connections);
  let gone = false;
  server.ended.then(() => {
    gone = true;
  });
  return {
    ...exchange,
    url: server.url,
    gone: () => gone,
    memory: async () => {
      const { body } = await exchange.send({ method: 'GET', path: '/metrics', headers: {}, body: null });
      const [, bytes] = /^process_resident_memory_bytes (\S+)/m.exec(body.toString()) ?? [];
      return Number(bytes) / 1_048_576;
    },
    stop: async () => {
      exchange.close();
      server.kill();
      const { stdout, stderr } = await server.ended;
      return stdout + stderr;
    },
  };
}
