import { topLevelMembers } from './raw-json.ts';
import type { Context, Statement } from './types.ts';

const KINDS = ['parent', 'grouping', 'category', 'other'] as const;

const hasSingle = (context: Context | undefined): boolean =>
  KINDS.some((kind) => {
    const value = context?.contextActivities?.[kind];
    return value !== undefined && 'id' in value;
  });

/** The object with the value of one member rewritten and every other byte kept. */
const mapMember = (text: string, key: string, change: (json: string) => string): string => {
  const member = topLevelMembers(text).find((candidate) => candidate.key === key);
  if (member === undefined) return text;
  const value = text.slice(member.valueStart, member.end);
  return text.slice(0, member.valueStart) + change(value) + text.slice(member.end);
};

const wrapAll = (activities: string): string => {
  const wrap = (json: string): string => (json.startsWith('{') ? `[${json}]` : json);
  return KINDS.reduce((text, kind) => mapMember(text, kind, wrap), activities);
};

const wrapIn = (text: string): string =>
  mapMember(text, 'context', (context) => mapMember(context, 'contextActivities', wrapAll));

/**
 * The statement's text with each single context activity put into an array, as an LRS must return it
 * (1.0.3 Data 2.4.6.2); no other byte changes, and nothing at all when there is no such activity.
 */
export function wrapContextActivities(raw: string, statement: Statement): string {
  const { object, context } = statement;
  const own = hasSingle(context) ? wrapIn(raw) : raw;
  const nested = object.objectType === 'SubStatement' && hasSingle(object.context);
  return nested ? mapMember(own, 'object', wrapIn) : own;
}
