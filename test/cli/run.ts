import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { builtCommand } from '../support/built-product.ts';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));

/** What a process left behind. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let running = 0;
const waiting: (() => void)[] = [];

/** Runs `assidu …` as a process of its own, over a data folder; never more of them at once than there are processors. */
export async function assidu(
  folder: string,
  args: readonly string[],
  options: { readonly input?: string; readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<Ran> {
  if (running >= availableParallelism()) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await spawned(folder, args, options);
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

function spawned(
  folder: string,
  args: readonly string[],
  { input = '', environment = {} }: Parameters<typeof assidu>[2] & object,
): Promise<Ran> {
  const child = spawn(process.execPath, [builtCommand(), ...args], {
    cwd: CHECKOUT,
    env: { PATH: process.env.PATH, ASSIDU_DATA: folder, ...environment },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => undefined).end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}
