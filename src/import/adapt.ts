import { topLevelMembers } from '../../xapi/statement/raw-json.ts';

export interface Adapted {
  readonly text: string;
  /** What was changed, in words; null when nothing was. */
  readonly change: string | null;
}

/**
 * Exports of log pipelines name the timestamp `@timestamp` (as the statements of French MOOCs do); the name alone is
 * changed, and only where there is no `timestamp`. Everything else is left as it stands.
 */
export function adaptStatement(text: string): Adapted {
  if (!text.includes('"@timestamp"')) return { text, change: null };
  const members = topLevelMembers(text);
  const named = members.find(({ key }) => key === '@timestamp');
  if (!named || members.some(({ key }) => key === 'timestamp')) return { text, change: null };
  const nameEnd = text.indexOf('"', named.start + 1) + 1;
  return {
    text: `${text.slice(0, named.start)}"timestamp"${text.slice(nameEnd)}`,
    change: '@timestamp renamed to timestamp',
  };
}
