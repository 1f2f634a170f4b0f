import { createHash } from 'node:crypto';
import { contentId } from '../src/base/content-id.ts';

/** The id of a statement in the quarantine: a request sent again adds nothing to it. */
export function quarantineId(org: string, keyId: string, text: string): string {
  const hash = createHash('sha256').update(text).digest('hex');
  return contentId(JSON.stringify(['quarantine', org, keyId, hash]));
}

/** The id that a statement without one gets when it leaves the quarantine: replaying it twice stores it once. */
export function replayedId(entryId: string): string {
  return contentId(JSON.stringify(['replayed', entryId]));
}
