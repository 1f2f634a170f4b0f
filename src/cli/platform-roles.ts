import { Command } from 'commander';
import { roleName, USUAL_ROLES } from '../../lti/roles.ts';
import { AssiduError } from '../base/errors.ts';
import type { PlatformRole } from '../storage/ports/launch-store.ts';
import type { Registration, RoleMapping } from '../storage/ports/registration-store.ts';
import { printResult, UsageError, withServices } from './context.ts';
import { table } from './table.ts';

interface Options {
  readonly org: string;
  readonly json?: boolean;
}

/** Roles as people who configure write them. */
const WORDS: ReadonlyMap<string, PlatformRole> = new Map([
  ['learner', 'learner'],
  ['lcm', 'staff'],
  ['dlm', 'dlm'],
  ['observer', 'observer'],
]);

const MOST = 100;

/** `platform roles show|set|reset`: what the roles of a platform mean here. */
export function rolesCommand(): Command {
  const command = new Command('roles').description('what the roles of a platform mean here');
  const collect = (value: string, earlier: readonly string[]) => [...earlier, value];
  const withOptions = (each: Command): Command =>
    each.option('--org <org>', 'organisation', 'default').option('--json', 'print JSON');

  withOptions(command.command('show <id>'))
    .description('show what the roles of a platform mean')
    .action(async (id: string, { org, json }: Options) => {
      const roles = await withServices(async ({ storage: { registrations } }) => {
        const found = await registrations.byId(id);
        return found?.org === org ? (found.roles ?? {}) : null;
      });
      show(id, org, roles, json);
    });
  withOptions(command.command('set <id>'))
    .description('let roles of a platform mean something else; it counts at once, in pages that are open too')
    .requiredOption(
      '--map <role=meaning>',
      'such as membership#Mentor=observer; meanings: learner, lcm, dlm, observer; may be repeated',
      collect,
      [],
    )
    .action(async (id: string, { org, json, map }: Options & { readonly map: readonly string[] }) => {
      if (map.length === 0)
        throw new UsageError('--map: say what a role means, such as membership#Mentor=observer');
      const added = Object.fromEntries(map.map(entryOf));
      const kept = await change(org, id, (roles) => ({ ...roles, ...added }));
      show(id, org, kept?.roles ?? null, json);
    });
  withOptions(command.command('reset <id>'))
    .description('let the roles of a platform mean what they usually do')
    .action(async (id: string, { org, json }: Options) => {
      const kept = await change(org, id, () => ({}));
      show(id, org, kept === null ? null : {}, json);
    });
  return command;
}

function change(
  org: string,
  id: string,
  to: (roles: RoleMapping) => RoleMapping,
): Promise<Registration | null> {
  return withServices(async ({ storage: { registrations } }) => {
    const found = await registrations.byId(id);
    if (found?.org !== org) return null;
    const roles = to(found.roles ?? {});
    if (Object.keys(roles).length > MOST)
      throw new UsageError(`--map: a platform has at most ${MOST} roles mapped`);
    return registrations.setRoles(org, id, roles);
  });
}

/** `membership#Mentor=observer` as name and role; the last = counts, since a role may be a URL. */
function entryOf(text: string): readonly [string, PlatformRole] {
  const at = text.lastIndexOf('=');
  const name = roleName(text.slice(0, Math.max(at, 0)).trim());
  const role = WORDS.get(text.slice(at + 1).trim());
  if (at < 0 || !/^[\w:/#.?=&%~-]{1,255}$/.test(name) || role === undefined)
    throw new UsageError(
      `--map: ${text} is not role=meaning, such as membership#Mentor=observer; meanings: ${[...WORDS.keys()].join(', ')}`,
    );
  return [name, role];
}

function show(id: string, org: string, mapped: RoleMapping | null, json: boolean | undefined): void {
  if (mapped === null) throw new AssiduError('not-found', `there is no platform ${id} in ${org}`);
  const word = (role: PlatformRole): string => (role === 'staff' ? 'lcm' : role);
  const rows = Object.entries({ ...USUAL_ROLES, ...mapped }).map(([role, meaning]) => ({
    role,
    meaning: word(meaning),
    usual: !Object.hasOwn(mapped, role),
  }));
  printResult(json, rows, () =>
    table(
      ['role', 'means', ''],
      rows.map(({ role, meaning, usual }) => [role, meaning, usual ? '' : 'set here']),
    ),
  );
}
