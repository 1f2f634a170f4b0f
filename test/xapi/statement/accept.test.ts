import { describe, expect, it } from 'vitest';
import { AssiduError, type Problem } from '../../../src/base/errors.ts';
import { acceptStatements } from '../../../xapi/statement/validate.ts';
import { changed, complete, minimal } from './samples.ts';

const LIMITS = { maxDepth: 100, maxKeys: 100_000, maxStatements: 10 };

const refusal = (text: string): { code: string; message: string; problems: readonly Problem[] } => {
  try {
    acceptStatements(text, '1.0.3', LIMITS);
  } catch (error) {
    if (error instanceof AssiduError) return error;
    throw error;
  }
  throw new Error('the text was accepted');
};

describe('acceptStatements', () => {
  it('gives each statement with the bytes it came in', () => {
    const first =
      '{"result":{"score":{"raw":1.10}},"actor":{"mbox":"mailto:a@b.org"},"verb":{"id":"a:b"},"object":{"id":"a:c"}}';
    const accepted = acceptStatements(`[ ${first},\n${JSON.stringify(complete())} ]`, '1.0.3', LIMITS);
    expect(accepted.map(({ raw }) => raw)).toEqual([first, JSON.stringify(complete())]);
    expect(accepted.map(({ statement }) => statement.verb.id)).toEqual(
      ['a:b', complete().verb].map((verb) =>
        typeof verb === 'string' ? verb : 'http://adlnet.gov/expapi/verbs/answered',
      ),
    );
    expect(acceptStatements(JSON.stringify(minimal()), '2.0.0', LIMITS)).toHaveLength(1);
    expect(acceptStatements('[]', '1.0.3', LIMITS)).toEqual([]);
  });

  it('names the statement, the property and the clause', () => {
    const batch = [
      minimal(),
      minimal(),
      minimal(),
      changed(minimal(), 'verb.id', 'x'),
      { ...minimal(), '@timestamp': 1 },
    ];
    const error = refusal(JSON.stringify(batch));
    expect(error.code).toBe('invalid-statement');
    expect(error.message).toBe('statement 3: verb.id: must be an IRI with a scheme (xAPI 1.0.3 Data 2.4.3)');
    expect(error.problems.map(({ path }) => path)).toEqual(['[3].verb.id', '[4]["@timestamp"]']);
  });

  it('counts no statement when there is only one', () => {
    const error = refusal(JSON.stringify(changed(minimal(), 'verb', undefined)));
    expect(error.message).toBe('verb: is required (xAPI 1.0.3 Data 2.4.3)');
    expect(error.problems).toEqual([{ path: 'verb', message: 'is required (xAPI 1.0.3 Data 2.4.3)' }]);
  });

  it('refuses a batch with the same id twice, whatever its case (Communication 2.1.2)', () => {
    const id = '6690e6c9-3ef0-4ed3-8b37-7f3964730bee';
    const error = refusal(
      JSON.stringify([{ ...minimal(), id }, minimal(), { ...minimal(), id: id.toUpperCase() }]),
    );
    expect(error.problems.map(({ path }) => path)).toEqual(['[2].id']);
    expect(error.message).toContain('statement 2: id: is also the id of statement 0');
  });

  it('refuses malformed JSON, duplicate keys and elements that are no statements', () => {
    expect(refusal('[{]').code).toBe('invalid-request');
    expect(refusal('{"id":1,"id":2}').code).toBe('invalid-request');
    expect(refusal('[1,null]').problems.map(({ path }) => path)).toEqual(['[0]', '[1]']);
  });

  it('refuses more statements than allowed, and answers a batch of rubbish with at most 50 problems', () => {
    expect(refusal(`[${Array(11).fill('{}').join(',')}]`).code).toBe('too-large');
    const wide = JSON.stringify(
      Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`x${index}`, 1])),
    );
    expect(refusal(`[${wide},${wide}]`).problems).toHaveLength(50);
  });
});
