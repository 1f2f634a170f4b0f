import { Command } from 'commander';
import { writePersonalData } from '../privacy/write-personal-data.ts';
import { withServices } from './context.ts';
import { openOutput } from './output.ts';
import { progressLine } from './progress-line.ts';
import { readActor, WHO } from './read-actor.ts';

interface Options {
  readonly actor: string;
  readonly org: string;
  readonly output?: string;
}

/** `assidu access`: everything kept about a person, as one JSON text (GDPR article 15; docs/privacy.md). */
export function accessCommand(): Command {
  return new Command('access')
    .description('print everything kept about a person')
    .requiredOption('--actor <who>', `who: ${WHO}`)
    .option('--org <org>', 'organisation', 'default')
    .option('--output <file>', 'write to a file that only its owner can read (default: standard output)')
    .action(async ({ actor, org, output }: Options) => {
      const who = readActor(actor);
      const progress = progressLine('statements');
      await withServices(async ({ personalAccess }) => {
        const data = await personalAccess.of(org, who);
        const target = openOutput(output);
        await target.write(writePersonalData(data, org, new Date(), progress.update));
      }).finally(progress.end);
    });
}
