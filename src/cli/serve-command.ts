import { setFlagsFromString } from 'node:v8';
import { Command } from 'commander';
import { commandSettings } from './context.ts';

/** By how much the heap may grow over what lives until garbage is looked for, in per cent. */
const HEAP_GROWTH = 25;

/** `assidu serve`: until SIGINT or SIGTERM, which let requests under way finish. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('start the server (settings come from the environment)')
    .action(async () => {
      const settings = commandSettings();
      // A server lives long: V8 would let garbage grow to several times of what lives before it looks.
      setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH}`);
      const [{ startServer }, { realWorld }, { default: pino }] = await Promise.all([
        import('../server.ts'),
        import('../compose.ts'),
        import('pino'),
      ]);
      const log = pino({ level: settings.logLevel });
      const server = await startServer(settings, realWorld(log));
      log.info({ port: server.port, url: settings.publicUrl }, 'Assidu is listening');
      await new Promise<void>((resolve) => {
        process.once('SIGINT', resolve);
        process.once('SIGTERM', resolve);
      });
      log.info({}, 'stopping');
      await server.close();
    });
}
