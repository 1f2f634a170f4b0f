import { mapMember } from './raw-json.ts';
import { inUtc } from './schema/instant.ts';
import type { Statement } from './types.ts';

/** A string that begins as a timestamp does and does not end in UTC. */
const ELSEWHERE = /"\d{4}-?\d\d-?\d\d[Tt ](?![^"]*Z")/;

const rewrite = (json: string, timestamp: string | undefined): string => {
  if (timestamp === undefined) return json;
  const utc = inUtc(timestamp);
  return utc === timestamp ? json : mapMember(json, 'timestamp', () => JSON.stringify(utc));
};

/**
 * A statement's text as 2.0 answers it: its timestamp, and that of a substatement, in UTC (IEEE 9274.1.1 4.2.7). No other
 * byte changes, and nothing at all when they are in UTC.
 */
export function timestampsInUtc(text: string): string {
  if (!ELSEWHERE.test(text)) return text;
  const { timestamp, object }: Statement = JSON.parse(text);
  const own = rewrite(text, timestamp);
  if (object.objectType !== 'SubStatement') return own;
  return mapMember(own, 'object', (json) => rewrite(json, object.timestamp));
}
