import { setTimeout } from 'node:timers/promises';
import { builtCommand } from '../support/built-product.ts';
import { freePort } from '../support/free-port.ts';
import { type Running, startScript } from '../support/run-script.ts';

/** `assidu serve` as a process of its own, over a folder of data. */
export interface ServerProcess extends Running {
  readonly url: string;
}

/** The environment of a command or server over a folder of data. */
export function environmentOf(folder: string): Readonly<Record<string, string>> {
  return { ASSIDU_DATA: folder, ASSIDU_LOG: 'silent', NODE_ENV: '' };
}

/**
 * Starts the server and resolves when it is ready. Throws with what it printed when it ends before.
 */
export async function startServerProcess(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const running = startScript(builtCommand(), ['serve'], {
    ...environmentOf(folder),
    ...environment,
    PORT: `${port}`,
  });
  let end: string | null = null;
  running.ended.then(({ code, stderr }) => {
    end = `the server ended with ${code}: ${stderr}`;
  });
  for (;;) {
    if (end !== null) throw new Error(end);
    const ready = await fetch(`${url}/readyz`).then(
      ({ status }) => status === 200,
      () => false,
    );
    if (ready) return { ...running, url };
    await setTimeout(20);
  }
}
