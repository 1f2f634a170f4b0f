import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Item, splitItems } from '../../src/import/split-items.ts';

async function itemsOf(...pieces: readonly string[]): Promise<readonly Item[]> {
  async function* source() {
    yield* pieces;
  }
  const items: Item[] = [];
  for await (const item of splitItems(source())) items.push(item);
  return items;
}

/** A text cut into pieces at any places. */
const cut = (text: string) =>
  fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 8 }).map((places) => {
    const bounds = [0, ...places.toSorted((a, b) => a - b), text.length];
    return bounds.slice(1).map((to, index) => text.slice(bounds[index], to));
  });

const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }), {
  maxLength: 6,
});

describe('what is in a file of statements', () => {
  it('is always the elements of its JSON array, however it is laid out and read', async () => {
    await fc.assert(
      fc.asyncProperty(
        objects.chain((values) =>
          fc.tuple(
            fc.constant(values),
            fc.constantFrom(undefined, 1, '\t').chain((indent) => cut(JSON.stringify(values, null, indent))),
          ),
        ),
        async ([values, pieces]) => {
          const items = await itemsOf(...pieces);
          expect(items.map(({ text }) => JSON.parse(text))).toEqual(JSON.parse(JSON.stringify(values)));
        },
      ),
    );
  });

  it('is always one statement a line otherwise, with the number of its line', async () => {
    await fc.assert(
      fc.asyncProperty(
        objects.chain((values) =>
          fc.tuple(
            fc.constant(values.map((value) => JSON.stringify(value))),
            fc
              .constantFrom('\n', '\r\n')
              .chain((end) => cut(values.map((value) => JSON.stringify(value) + end).join(''))),
          ),
        ),
        async ([lines, pieces]) => {
          expect(await itemsOf(...pieces)).toEqual(lines.map((text, index) => ({ line: index + 1, text })));
        },
      ),
    );
  });

  it('counts the lines of an array too, where each statement begins', async () => {
    const items = await itemsOf('[\n{"a":\n1},\n\n{"b":2}, {"c":3}\n]\n');
    expect(items.map(({ line }) => line)).toEqual([2, 5, 5]);
  });

  it('passes over empty lines, a byte order mark, and a missing last line break', async () => {
    expect(await itemsOf('\uFEFF\n\n{"a":1}\n\n{"b":2}')).toEqual([
      { line: 3, text: '{"a":1}' },
      { line: 5, text: '{"b":2}' },
    ]);
    expect(await itemsOf('')).toEqual([]);
    expect(await itemsOf(' [ ] ')).toEqual([]);
  });

  it('leaves what is no statement to be judged later, on its line', async () => {
    expect(await itemsOf('{"a":1}\nrubbish\n{"b":')).toEqual([
      { line: 1, text: '{"a":1}' },
      { line: 2, text: 'rubbish' },
      { line: 3, text: '{"b":' },
    ]);
    expect((await itemsOf('[{"a":1}, {"b":')).at(-1)).toEqual({ line: 1, text: '{"b":' });
  });
});
