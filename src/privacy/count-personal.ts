import { forgetPerson, namesPerson } from '../../xapi/statement/forget-person.ts';
import { distinctiveTexts, mentionPattern } from '../../xapi/statement/person-texts.ts';
import type { Agent } from '../../xapi/statement/types.ts';
import type { Removed } from '../storage/ports/erasure-store.ts';
import type { Storage, StoredStatement } from '../storage/ports/index.ts';
import type { DataSubject } from '../storage/ports/subject-store.ts';
import { pages, quarantinedOf } from './access.ts';

const PAGE = 2_000;

/** How many of each kind there are that an erasure removes or rewrites. */
export async function countPersonal(
  storage: Pick<Storage, 'subjects'>,
  org: string,
  subject: DataSubject,
): Promise<Removed> {
  const counts: Record<string, number> = { statements: 0, 'statements rewritten': 0 };
  const add = (kind: string) => {
    counts[kind] = (counts[kind] ?? 0) + 1;
  };
  const own = new Set(subject.actors);
  const texts = distinctiveTexts(subject.actors);
  const mention = mentionPattern(texts);
  const nobody: Agent = { objectType: 'Agent' };
  const seen = new Set<number>();
  const count = (kept: StoredStatement) => {
    if (seen.has(kept.seq) || !namesPerson(kept.text, own, mention)) return;
    seen.add(kept.seq);
    const { kind } = forgetPerson(kept.text, own, mention, nobody);
    add(kind === 'removed' ? 'statements' : 'statements rewritten');
  };
  for await (const kept of pages((after) => storage.subjects.statements(org, subject.actors, after, PAGE)))
    count(kept);
  if (mention !== null)
    for await (const kept of pages((after) => storage.subjects.mentioning(org, texts, after, PAGE)))
      count(kept);
  for (const { kind } of await storage.subjects.records(org, subject)) add(kind);
  for (const _ of await quarantinedOf(storage, org, subject)) add('quarantined');
  return counts;
}
