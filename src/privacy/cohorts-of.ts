import type { Storage } from '../storage/ports/index.ts';
import type { DataSubject } from '../storage/ports/subject-store.ts';

type Stores = Pick<Storage, 'cohorts' | 'facts'>;

/** The cohorts, removed ones too, in which something is recorded of a person: an enrolment, or a fact of a statement. */
export async function cohortsOf(
  stores: Stores,
  org: string,
  subject: DataSubject,
): Promise<readonly string[]> {
  const found = new Set(await cohortsWithFacts(stores, org, subject));
  const learners = new Set(subject.learnerIds);
  for (const { cohortId } of await stores.cohorts.currentVersions(org)) {
    const changes = await stores.cohorts.enrolmentChanges(org, cohortId);
    if (changes.some(({ learnerId }) => learners.has(learnerId))) found.add(cohortId);
  }
  return [...found].sort();
}

/** The cohorts whose kept facts name a person. */
export async function cohortsWithFacts(
  { facts }: Pick<Stores, 'facts'>,
  org: string,
  { actors }: DataSubject,
): Promise<readonly string[]> {
  const found = new Set<string>();
  const written = actors.map((actor) => JSON.stringify(actor));
  for (const position of await facts.positions()) {
    if (position.org !== org || found.has(position.cohortId)) continue;
    for (let after = 0; ; ) {
      const page = await facts.facts(org, position.cohortId, position.version, after);
      if (page.texts.some((text) => written.some((each) => text.includes(each)))) {
        found.add(position.cohortId);
        break;
      }
      if (page.seq >= page.reached || page.seq <= after) break;
      after = page.seq;
    }
  }
  return [...found].sort();
}
