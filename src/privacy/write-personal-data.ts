import type { PersonalRecord } from '../storage/ports/subject-store.ts';
import type { PersonalData } from './access.ts';

/** Statements told of at a time. */
const OFTEN = 100;

/**
 * Everything about a person as pieces of one JSON object; statements byte for byte, each with where it names them.
 * `at` is the instant of the answer.
 */
export async function* writePersonalData(
  data: PersonalData,
  org: string,
  at: Date,
  onProgress: (statements: number) => void,
): AsyncIterable<string> {
  const head = {
    organisation: org,
    answeredAt: at.toISOString(),
    identifiers: data.identifiers,
    records: byKind(data.records),
    figures: data.figures,
    quarantined: data.quarantined,
  };
  yield `${JSON.stringify(head, null, 1).slice(0, -2)},\n "statements": [`;
  let count = 0;
  for await (const { text, ...about } of data.statements()) {
    yield `${count === 0 ? '' : ','}\n  ${JSON.stringify(about).slice(0, -1)},"statement":${text}}`;
    count += 1;
    if (count % OFTEN === 0) onProgress(count);
  }
  onProgress(count);
  yield '\n ]\n}\n';
}

function byKind(records: readonly PersonalRecord[]): Readonly<Record<string, readonly unknown[]>> {
  const kinds: Record<string, unknown[]> = {};
  for (const { kind, value } of records) {
    kinds[kind] ??= [];
    kinds[kind].push(value);
  }
  return kinds;
}
