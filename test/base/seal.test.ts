import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveLtiKeys, sameSecret } from '../../lti/secrets.ts';
import { createSeal } from '../../src/base/seal.ts';

const seal = createSeal(randomBytes(32), randomBytes);
const text = fc.string({ unit: 'binary' });

describe('a sealed text', () => {
  it('always opens again with its key and context', () => {
    fc.assert(
      fc.property(text, text, (plain, context) => {
        expect(seal.open(seal.seal(plain, context), context)).toBe(plain);
      }),
    );
  });

  it('never opens for another context or with another key', () => {
    const other = createSeal(randomBytes(32), randomBytes);
    fc.assert(
      fc.property(text, text, text, (plain, context, wrong) => {
        fc.pre(context !== wrong);
        expect(seal.open(seal.seal(plain, context), wrong)).toBeNull();
        expect(other.open(seal.seal(plain, context), context)).toBeNull();
      }),
    );
  });

  it('never opens when one character of it is changed, or when it is anything else', () => {
    fc.assert(
      fc.property(text, fc.nat(), text, (plain, where, noise) => {
        const sealed = seal.seal(plain, 'x');
        const at = where % sealed.length;
        const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
        expect(seal.open(changed, 'x')).toBeNull();
        expect(seal.open(noise, 'x')).toBeNull();
      }),
    );
  });
});

describe('the keys of a master secret', () => {
  it('all differ, and are the same again for the same secret', () => {
    const keys = deriveLtiKeys('a'.repeat(32));
    const texts = Object.values(keys).map((key) => key.toString('base64'));
    expect(new Set(texts).size).toBe(texts.length);
    expect(deriveLtiKeys('a'.repeat(32))).toEqual(keys);
  });

  it('need at least 32 characters', () => {
    expect(() => deriveLtiKeys('a'.repeat(31))).toThrow('32 characters');
  });

  it('are compared whatever their lengths', () => {
    expect([sameSecret('a', 'a'), sameSecret('a', 'ab'), sameSecret('', '')]).toEqual([true, false, true]);
  });
});
