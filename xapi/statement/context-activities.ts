import { mapMember } from './raw-json.ts';
import type { Context, Statement } from './types.ts';

const KINDS = ['parent', 'grouping', 'category', 'other'] as const;

const hasSingle = (context: Context | undefined): boolean =>
  KINDS.some((kind) => {
    const value = context?.contextActivities?.[kind];
    return value !== undefined && 'id' in value;
  });

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
