import { Command } from 'commander';
import { actorKey } from '../../xapi/statement/ifi.ts';
import type { Agent } from '../../xapi/statement/types.ts';
import { printResult, UsageError, withServices } from './context.ts';
import { readActor, WHO } from './read-actor.ts';
import { table } from './table.ts';

interface Options {
  readonly org: string;
  readonly json?: boolean;
}

/** `assidu identity list|show|link|unlink|rule`: which identifiers are one person (docs/identities.md). */
export function identityCommand(): Command {
  const command = new Command('identity').description('which identifiers are one person');
  const sub = (name: string, description: string) =>
    command
      .command(name)
      .description(description)
      .option('--org <org>', 'organisation', 'default')
      .option('--json', 'print JSON');

  sub('list', 'list links that hold').action(async ({ org, json }: Options) => {
    const links = await withServices(({ identities }) => identities.list(org));
    printResult(json, links, () =>
      table(
        ['one', 'other', 'by', 'recorded', 'recorded by'],
        links.map(({ actors, by, recordedAt, recordedBy }) => {
          const [one = '', other = ''] = actors.map(textOf);
          return [one, other, by, recordedAt, recordedBy];
        }),
      ),
    );
  });

  sub('show <who>', `all identifiers of somebody; who: ${WHO}`).action(
    async (who: string, { org, json }: Options) => {
      const actor = readActor(who);
      const person = await withServices(({ identities }) => identities.person(org, actor));
      printResult(json, person, () =>
        [person.name ?? '(no name)', ...person.identifiers.map(textOf)].join('\n'),
      );
    },
  );

  for (const verb of ['link', 'unlink'] as const)
    sub(
      `${verb} <who> <other>`,
      verb === 'link'
        ? 'two identifiers are one person'
        : 'two identifiers are not one person, whatever a rule says',
    ).action(async (who: string, other: string, { org, json }: Options) => {
      const pair = [readActor(who), readActor(other)] as const;
      const done = await withServices(({ identities }) => identities[verb](org, pair, 'assidu identity'));
      printResult(json, done, () => done.outcome);
    });

  sub('rule <rule> <state>', 'rule email on|off: link people of several platforms by e-mail address').action(
    async (rule: string, state: string, { org, json }: Options) => {
      if (rule !== 'email') throw new UsageError(`there is no rule ${rule}, only email`);
      if (state !== 'on' && state !== 'off') throw new UsageError(`${state} is neither on nor off`);
      const set = await withServices(({ identities }) =>
        identities.setEmailRule(org, state === 'on', 'assidu identity'),
      );
      printResult(json, set, () => `email ${set.on ? 'on' : 'off'}`);
    },
  );
  return command;
}

function textOf(agent: Agent): string {
  return actorKey(agent) ?? '';
}
