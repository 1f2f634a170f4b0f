import { spawn } from 'node:child_process';

/** How a process ended: its exit code (null: killed) and what it printed. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process of ours, under way. */
export interface Running {
  readonly ended: Promise<Ended>;
  /** Resolves when it first prints something, or ends. */
  readonly spoke: Promise<void>;
  /** SIGTERM: what is under way may come to its end. */
  stop(): void;
  /** SIGKILL: nothing can be finished or tidied up. */
  kill(): void;
}

/** Starts a file of this checkout, in TypeScript or built, as a process of its own. */
export function startScript(
  file: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Running {
  const loader = file.endsWith('.js') ? [] : ['--import', 'tsx'];
  const child = spawn(process.execPath, [...loader, file, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return {
    ended: new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, stdout, stderr }));
    }),
    spoke: new Promise((resolve) => {
      child.stdout.once('data', () => resolve());
      child.once('close', () => resolve());
    }),
    stop: () => {
      child.kill('SIGTERM');
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}

/** Runs a file of this checkout, in TypeScript or built, to its end. */
export function runScript(
  file: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return startScript(file, args, environment).ended;
}
