import fc from 'fast-check';
import { SHAPES } from '../real-input/authoring-tools.ts';
import { definitions } from '../support/arbitraries.ts';
import { complete, funStatements, minimal, moodleStatements } from '../xapi/statement/samples.ts';

/** What is sent before it is mutated. */
export interface Corpus {
  readonly statements: readonly unknown[];
  readonly definitions: readonly unknown[];
}

/** Statements of a reference, a voiding and a sub-statement, which no recorded tool sends. */
const OTHERS: readonly unknown[] = [
  {
    ...minimal(),
    verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
    object: { objectType: 'StatementRef', id: '1f0b3a52-6f0d-4a50-9e1c-2f3b5f1f9b11' },
  },
  {
    ...minimal(),
    object: { objectType: 'SubStatement', ...minimal(), timestamp: '2026-01-05T10:00:00+01:00' },
    context: { statement: { objectType: 'StatementRef', id: '1f0b3a52-6f0d-4a50-9e1c-2f3b5f1f9b12' } },
  },
  {
    ...minimal(),
    actor: {
      objectType: 'Group',
      member: [{ mbox: 'mailto:a@example.org' }, { openid: 'https://id.example.org/b' }],
    },
    result: {
      score: { scaled: 0.5, raw: 10.5, min: 0, max: 21 },
      duration: 'PT1H',
      extensions: { 'x:y': [1.5e3, null] },
    },
  },
];

/** Real shapes: recorded ones of Moodle and of a MOOC where they are at hand, those of authoring tools, and ours. */
export function loadCorpus(seed: number): Corpus {
  const videos = (funStatements() ?? []).slice(0, 200);
  const recorded = [...(moodleStatements() ?? []), ...videos.map(withTimestamp)];
  return {
    statements: [minimal(), complete(), ...Object.values(SHAPES), ...OTHERS, ...recorded],
    definitions: fc.sample(definitions, { seed, numRuns: 30 }),
  };
}

/** With the one name of theirs that no LRS takes (vocabulary.md) put right. */
function withTimestamp({ '@timestamp': timestamp, ...rest }: Readonly<Record<string, unknown>>): unknown {
  return { ...rest, timestamp };
}
