import type { Statement } from './statement/types.ts';

/**
 * Whether a statement is about a platform (vocabulary.md "Who may say it"): its object is an activity whose address lies
 * below the platform's. The context, which anyone may fill with the platform's courses, decides only where the object is
 * no web address at all, such as a meeting known by a URN.
 */
export function isAbout(statement: Statement, platform: string): boolean {
  const { object, context } = statement;
  if (object.objectType !== undefined && object.objectType !== 'Activity') return false;
  if (webAddress(object.id) !== null) return liesBelow(object.id, platform);
  const { parent, grouping } = context?.contextActivities ?? {};
  return [parent ?? [], grouping ?? []]
    .flatMap((activities) => ('id' in activities ? [activities] : activities))
    .some(({ id }) => liesBelow(id, platform));
}

/** Whether an address is a platform's or below it. Compared as browsers read them: `..` resolved, hosts in one form. */
export function liesBelow(address: string, platform: string): boolean {
  const [below, above] = [webAddress(address), webAddress(platform)];
  if (below === null || above === null || below.origin !== above.origin) return false;
  const path = above.pathname.replace(/\/+$/, '');
  return below.pathname === path || below.pathname.startsWith(`${path}/`);
}

function webAddress(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url : null;
}
