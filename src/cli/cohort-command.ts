import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { CohortDefinition } from '../../config/cohort-definition.ts';
import { AssiduError } from '../base/errors.ts';
import { print, printResult, withServices } from './context.ts';
import { table } from './table.ts';

/** `assidu cohort apply|list|show|remove`: definitions of cohorts. */
export function cohortCommand(): Command {
  const command = new Command('cohort').description('cohorts and their definitions');

  command
    .command('apply <file>')
    .description('create or change a cohort from a YAML or JSON file (- for standard input)')
    .option('--org <org>', 'organisation', 'default')
    .option('--json', 'print JSON')
    .action(async (file: string, { org, json }: { org: string; json?: boolean }) => {
      const input = await readDefinition(file);
      const { cohort, outcome } = await withServices(({ definitions }) =>
        definitions.apply(org, input, 'command line'),
      );
      printResult(
        json,
        { id: cohort.id, version: cohort.version, outcome },
        () => `${cohort.id}: ${outcome}, version ${cohort.version}`,
      );
    });

  command
    .command('list')
    .description('list cohorts')
    .option('--org <org>', 'organisation', 'default')
    .option('--json', 'print JSON')
    .action(async ({ org, json }: { org: string; json?: boolean }) => {
      const list = await withServices(({ definitions }) => definitions.list(org));
      const shown = list.map(({ id, version, definition }) => ({
        id,
        version,
        kind: definition.kind,
        startsOn: definition.startsOn,
        endsOn: definition.endsOn ?? null,
        title: definition.title,
      }));
      printResult(json, shown, () =>
        table(
          ['id', 'version', 'kind', 'starts', 'ends', 'title'],
          shown.map((each) => [
            each.id,
            each.version,
            each.kind,
            each.startsOn,
            each.endsOn,
            each.title.fr ?? Object.values(each.title)[0] ?? null,
          ]),
        ),
      );
    });

  command
    .command('show <id>')
    .description('print the definition of a cohort as JSON, defaults filled in')
    .option('--org <org>', 'organisation', 'default')
    .action(async (id: string, { org }: { org: string }) => {
      const { definition } = await withServices(({ definitions }) => definitions.show(org, id, null));
      print(JSON.stringify(definition, null, 2));
    });

  command
    .command('remove <id>')
    .description('remove a cohort; its statements stay')
    .option('--org <org>', 'organisation', 'default')
    .action(async (id: string, { org }: { org: string }) => {
      await withServices(({ definitions }) => definitions.remove(org, id, 'command line'));
      print(`${id} is removed`);
    });
  return command;
}

/** A definition in YAML or JSON. Throws `invalid-definition` with each field at fault and its line. */
async function readDefinition(file: string): Promise<CohortDefinition> {
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new AssiduError('invalid-request', `${file} cannot be read`, { cause: error });
  }
  const { readDefinitionText } = await import('../cohorts/definition-text.ts');
  const read = readDefinitionText(text);
  if ('definition' in read) return read.definition;
  const faults = read.faults.map(({ line, path, message }) =>
    [...(line === null ? [] : [`line ${line}`]), ...(path === '' ? [] : [path]), message].join(': '),
  );
  const name = file === '-' ? 'standard input' : file;
  throw new AssiduError('invalid-definition', `${name}:\n  ${faults.join('\n  ')}`);
}
