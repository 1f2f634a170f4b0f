import { randomBytes, randomUUID } from 'node:crypto';
import { createDefinitions } from '../../src/cohorts/definitions.ts';
import { parseEnrolments } from '../../src/cohorts/enrolment-entries.ts';
import { createEnrolments } from '../../src/cohorts/enrolments.ts';
import { openEmbedded } from '../../src/storage/embedded/open-embedded.ts';
import type { StoredStatement } from '../../src/storage/ports/index.ts';
import { newAccessKey } from '../../xapi/credentials.ts';

export const COHORT = 'crash';
const UNIT = 'https://lms.example/unit/1';
/** People 0 to 59 are enrolled in the cohort. */
export const ENROLLED = 60;

function person(index: number) {
  return { account: { homePage: 'https://lms.example', name: `person ${index}` } };
}

/** A statement that says that a person completed the unit of the cohort; without id unless it is given. */
export function completion(index: number, id?: string) {
  return {
    ...(id === undefined ? {} : { id }),
    actor: person(index),
    verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
    object: { id: UNIT },
    timestamp: '2026-01-06T10:00:00.000Z',
  };
}

/** Makes a store with a key, a cohort and people enrolled in it. Answers the Basic credentials of the key. */
export async function prepareStore(folder: string): Promise<string> {
  const storage = openEmbedded({ folder, mode: 'inline' });
  const { accessKey, secret } = newAccessKey(
    { org: 'default', name: 'test', scopes: ['all', 'cohorts'], at: Date.now() },
    randomBytes,
  );
  await storage.keys.insert(accessKey);
  const definition = {
    id: COHORT,
    title: 'crash',
    kind: 'spoc',
    startsOn: '2026-01-05',
    units: [{ id: UNIT }],
  };
  const { cohort } = await createDefinitions(storage.cohorts, Date.now).apply(
    'default',
    definition,
    'a test',
  );
  const enrolments = createEnrolments({
    store: storage.cohorts,
    factsOf: async () => [],
    clock: Date.now,
    newId: randomUUID,
  });
  const people = Array.from({ length: ENROLLED }, (_, index) => ({ actor: person(index) }));
  await enrolments.record(cohort, parseEnrolments(people), { source: 'api', by: 'test' });
  await storage.close();
  return `Basic ${Buffer.from(`${accessKey.key}:${secret}`).toString('base64')}`;
}

/** All statements of a store, read beside whatever process has it open. */
export async function statementsIn(folder: string): Promise<readonly StoredStatement[]> {
  const storage = openEmbedded({ folder, mode: 'inline' });
  const found: StoredStatement[] = [];
  for (;;) {
    const page = await storage.statements.feed(found.at(-1)?.seq ?? 0, 1_000);
    found.push(...page);
    if (page.length === 0) break;
  }
  await storage.close();
  return found;
}
