import { Command } from 'commander';
import { AssiduError } from '../base/errors.ts';
import type { Services } from '../services.ts';
import { printResult, withServices } from './context.ts';
import { progressLine } from './progress-line.ts';
import { table } from './table.ts';

type Record = Awaited<ReturnType<Services['rosters']['synchronise']>>;

/** `assidu roster sync|show|confirm`: enrolments as the platforms' rosters tell them. */
export function rosterCommand(): Command {
  const command = new Command('roster').description('enrolments as the rosters of platforms tell them');

  command
    .command('sync <cohort>')
    .description('read the rosters of a cohort’s courses now')
    .option('--org <org>', 'organisation', 'default')
    .option('--json', 'print JSON')
    .action(async (cohort: string, { org, json }: { org: string; json?: boolean }) => {
      const progress = progressLine('members');
      const record = await withServices(({ rosters }) =>
        rosters.synchronise(org, cohort, { onProgress: progress.update }),
      ).finally(progress.end);
      report(record, json);
    });

  command
    .command('show <cohort>')
    .description('show the last reading, and the removals that wait to be confirmed')
    .option('--org <org>', 'organisation', 'default')
    .option('--json', 'print JSON')
    .action(async (cohort: string, { org, json }: { org: string; json?: boolean }) => {
      const { last, held } = await withServices(({ rosters }) => rosters.show(org, cohort));
      const shown = {
        last: last === null ? null : shownRecord(last),
        held: held === null ? null : { ...held, since: new Date(held.since).toISOString() },
      };
      printResult(json, shown, () =>
        [
          last === null ? 'never read' : words(last),
          ...(held === null
            ? []
            : [
                '',
                table(
                  ['held removal', 'name'],
                  held.learners.map(({ id, name }) => [id, name]),
                ),
              ]),
        ].join('\n'),
      );
    });

  command
    .command('confirm <cohort>')
    .description('let held removals through, as far as these people are still gone')
    .option('--org <org>', 'organisation', 'default')
    .option('--json', 'print JSON')
    .action(async (cohort: string, { org, json }: { org: string; json?: boolean }) => {
      report(await withServices(({ rosters }) => rosters.confirm(org, cohort)), json);
    });
  return command;
}

/** A reading that was not whole did what it could; the exit code says so. */
function report(record: Record, json: boolean | undefined): void {
  printResult(json, shownRecord(record), () => words(record));
  if (record.fault !== null)
    throw new AssiduError('conflict', `not read whole, so nobody was removed: ${record.fault}`);
}

function shownRecord({ at, ...record }: Record) {
  return { at: new Date(at).toISOString(), ...record };
}

function words(record: Record): string {
  const { at, members, learners, enrolled, resumed, ended, excluded, held, fault } = record;
  return [
    `${new Date(at).toISOString()}  ${members} members, ${learners} learners: ${enrolled} enrolled, ` +
      `${resumed} back, ${ended} removed, ${excluded} excluded`,
    ...(held > 0
      ? [`${held} removals wait: roster confirm ${record.cohortId}, or nothing when the roster is wrong`]
      : []),
    ...(fault === null ? [] : [`not read whole, nobody was removed: ${fault}`]),
  ].join('\n');
}
