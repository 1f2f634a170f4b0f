import { forgetPerson, namesPerson } from '../../xapi/statement/forget-person.ts';
import { distinctiveTexts, mentionPattern } from '../../xapi/statement/person-texts.ts';
import type { Agent } from '../../xapi/statement/types.ts';
import type { Removed, StatementErasure } from '../storage/ports/erasure-store.ts';
import type { Storage, StoredStatement } from '../storage/ports/index.ts';
import type { DataSubject } from '../storage/ports/subject-store.ts';
import { pages } from './access.ts';

/** Statements changed in one transaction. */
const PAGE = 2_000;

/** Removes or rewrites all statements that name the person; in their place stands an agent of this home page. */
export async function eraseStatements(
  storage: Pick<Storage, 'subjects' | 'erasures'>,
  org: string,
  { actors }: DataSubject,
  homePage: string,
): Promise<Removed> {
  const own = new Set(actors);
  const texts = distinctiveTexts(actors);
  const mention = mentionPattern(texts);
  const erased: Agent = { objectType: 'Agent', account: { homePage, name: 'erased' } };
  let [removed, rewritten] = [0, 0];
  const erase = async (page: readonly StoredStatement[]) => {
    const step = stepOf(page, actors, (text) => forgetPerson(text, own, mention, erased));
    await storage.erasures.statements(org, step);
    removed += step.removed.length;
    rewritten += step.rewritten.length;
  };
  for (;;) {
    const page = await storage.subjects.statements(org, actors, 0, PAGE);
    if (page.length === 0) break;
    await erase(page);
  }
  if (mention !== null)
    for await (const kept of pages((after) => storage.subjects.mentioning(org, texts, after, PAGE)))
      if (namesPerson(kept.text, own, mention)) await erase([kept]);
  return { statements: removed, 'statements rewritten': rewritten };
}

function stepOf(
  page: readonly StoredStatement[],
  actors: readonly string[],
  forget: (text: string) => ReturnType<typeof forgetPerson>,
): StatementErasure {
  const fates = page.map(({ seq, id, text }) => ({ seq, id, fate: forget(text) }));
  return {
    actors,
    removed: fates.filter(({ fate }) => fate.kind === 'removed').map(({ seq }) => seq),
    rewritten: fates.flatMap(({ seq, id, fate }) =>
      fate.kind === 'rewritten' ? [{ seq, id, text: fate.text, detached: fate.detached }] : [],
    ),
  };
}
