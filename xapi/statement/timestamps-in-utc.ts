import { mapMember } from './raw-json.ts';
import { inUtc } from './schema/instant.ts';
import type { Statement, XapiVersion } from './types.ts';

const rewrite = (json: string, timestamp: string | undefined, version: XapiVersion): string => {
  if (timestamp === undefined) return json;
  const utc = inUtc(timestamp, version);
  return utc === timestamp ? json : mapMember(json, 'timestamp', () => JSON.stringify(utc));
};

/**
 * The statement's text with its timestamp, and that of a substatement, in UTC (IEEE 9274.1.1 4.2.7; 1.0.3 Data 4.5);
 * no other byte changes, and nothing at all when they are in UTC.
 */
export function timestampsInUtc(raw: string, statement: Statement, version: XapiVersion): string {
  const { object } = statement;
  const own = rewrite(raw, statement.timestamp, version);
  if (object.objectType !== 'SubStatement' || object.timestamp === undefined) return own;
  return mapMember(own, 'object', (json) => rewrite(json, object.timestamp, version));
}
