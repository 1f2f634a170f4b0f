import { Command } from 'commander';
import type { Services } from '../services.ts';
import { print, printResult, withServices } from './context.ts';
import { table } from './table.ts';

type View = Awaited<ReturnType<Services['grades']['show']>>;

/** `assidu grades list|send|retry`: progress sent back to the gradebooks of platforms. */
export function gradesCommand(): Command {
  const command = new Command('grades').description('progress sent back to the gradebooks of platforms');

  command
    .command('list <cohort>')
    .description('list grade columns, and the scores that wait or were refused')
    .option('--org <org>', 'organisation', 'default')
    .option('--json', 'print JSON')
    .action(async (cohort: string, { org, json }: { org: string; json?: boolean }) => {
      const view = await withServices(({ grades }) => grades.show(org, cohort));
      const lines = view.lines.map(({ url, courseId, unit, gone, attempts, lastError }) => ({
        course: courseId,
        unit,
        url,
        state: gone ? 'gone' : attempts > 0 ? 'waiting' : 'open',
        lastError,
      }));
      const failing = view.sent.filter(({ dead, lastError }) => dead || lastError !== null).map(scoreOf);
      const taken = view.sent.filter(({ value }) => value !== null).length;
      printResult(json, { lines, taken, failing }, () =>
        [
          table(
            ['course', 'unit', 'state', 'column', 'error'],
            lines.map((line) => [line.course, line.unit, line.state, line.url, line.lastError]),
          ),
          '',
          `${taken} scores taken`,
          table(
            ['user', 'state', 'error'],
            failing.map(({ user, state, lastError }) => [user, state, lastError]),
          ),
        ].join('\n'),
      );
    });

  command
    .command('send <cohort>')
    .description('send now what is due')
    .option('--org <org>', 'organisation', 'default')
    .action(async (cohort: string, { org }: { org: string }) => {
      print(words(await withServices(({ grades }) => grades.send(org, cohort))));
    });

  command
    .command('retry <cohort>')
    .description('send again what waits or was refused; look again for columns that were gone')
    .option('--org <org>', 'organisation', 'default')
    .action(async (cohort: string, { org }: { org: string }) => {
      const run = await withServices(async ({ grades }) => {
        await grades.retry(org, cohort);
        return grades.send(org, cohort);
      });
      print(words(run));
    });
  return command;
}

function scoreOf({ sub, dead, lastError, nextAttemptAt }: View['sent'][number]) {
  return {
    user: sub,
    state: dead ? 'refused' : 'waiting',
    lastError,
    nextAttemptAt: nextAttemptAt === null ? null : new Date(nextAttemptAt).toISOString(),
  };
}

function words({ sent, waiting, dead }: Awaited<ReturnType<Services['grades']['send']>>): string {
  return `${sent} sent, ${waiting} waiting, ${dead} refused`;
}
