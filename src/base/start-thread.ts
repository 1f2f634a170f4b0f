import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts a thread on a module named without its ending, `new URL('./thread', import.meta.url)`. From sources (a clone
 * without a build) it is loaded through tsx, which threads do not inherit; as CommonJS, because tsx starts another
 * thread for each that loads ES modules.
 */
export function startThread(module: URL, options: WorkerOptions): Worker {
  if (import.meta.url.endsWith('.js')) return new Worker(new URL(`${module.href}.js`), options);
  const loader = fileURLToPath(import.meta.resolve('tsx/cjs/api'));
  const code = `require(${JSON.stringify(loader)}).register(); require(${JSON.stringify(fileURLToPath(`${module.href}.ts`))});`;
  return new Worker(code, { ...options, eval: true, execArgv: [] });
}
