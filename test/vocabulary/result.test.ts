import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, normalisedScore, playedOf, progressOf } from '../../xapi/vocabulary/result.ts';

const VIDEO = 'https://w3id.org/xapi/video/extensions';
const CMI5 = 'https://w3id.org/xapi/cmi5/result/extensions/progress';
const RISE = 'http://w3id.org/xapi/cmi5/result/extensions/progress';

describe('normalisedScore', () => {
  it('prefers the points to scaled, which Moodle maps to [-1, 1]', () => {
    expect(normalisedScore({ score: { raw: 12.5, min: 0, max: 20, scaled: 0.25 } })).toBe(0.625);
    expect(normalisedScore({ score: { raw: 5, min: 5, max: 15, scaled: 1 } })).toBe(0);
  });
  it('takes scaled when a bound is missing or the points have no range', () => {
    expect(normalisedScore({ score: { raw: 12, max: 20, scaled: 0.6 } })).toBe(0.6);
    expect(normalisedScore({ score: { raw: 0, min: 0, max: 0, scaled: 0.5 } })).toBe(0.5);
  });
  it('has no share where the points are beyond what numbers hold', () => {
    expect(normalisedScore({ score: { raw: 1e308, min: -1e308, max: 1e308 } })).toBeNull();
    expect(normalisedScore({ score: { raw: 0, min: -1e308, max: 1e308, scaled: 0.5 } })).toBe(0.5);
  });
  it('is null without a score', () => {
    expect(normalisedScore({ score: { raw: 12 } })).toBeNull();
    expect(normalisedScore({ success: true })).toBeNull();
    expect(normalisedScore(undefined)).toBeNull();
  });
});

describe('progressOf', () => {
  const said = (key: string, value: unknown) => progressOf({ extensions: { [key]: value } });
  it('is per cent in cmi5, where 1 is one per cent', () => {
    expect(said(CMI5, 50)).toBe(0.5);
    expect(said(CMI5, 1)).toBe(0.01);
    expect(said(CMI5, 100)).toBe(1);
    expect(said(CMI5, 0.5)).toBe(0.5);
  });
  it('is per cent in Rise and Storyline, which write the same name with http', () => {
    expect(said(RISE, 1)).toBe(0.01);
    expect(said(RISE, 13)).toBe(0.13);
  });
  it('is a share in the video profile, and never more than all', () => {
    expect(said(`${VIDEO}/progress`, 1)).toBe(1);
    expect(said(`${VIDEO}/progress`, 1.02)).toBe(1);
  });
  it('of other sources is per cent when above 1', () => {
    expect(said('https://example.org/progress', 0.4)).toBe(0.4);
    expect(said('https://example.org/progress', '40')).toBe(0.4);
  });
  it('is null for what is no number', () => {
    for (const value of ['', 'half', null, true, Number.NaN, [1]])
      expect(said(`${VIDEO}/progress`, value)).toBeNull();
    expect(said('https://example.org/progression', 0.4)).toBeNull();
  });
  it('is the same whatever the order of the extensions', () => {
    const [one, other] = [
      { 'https://a.example/progress': 0.2, 'https://b.example/progress': 0.9 },
      { 'https://b.example/progress': 0.9, 'https://a.example/progress': 0.2 },
    ].map((extensions) => progressOf({ extensions }));
    expect([one, other]).toEqual([0.2, 0.2]);
  });
  it('is always 0..1', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(CMI5, RISE, `${VIDEO}/progress`, 'x:/progress'),
        fc.double(),
        (key, value) => {
          const share = said(key, value);
          expect(share === null || (share >= 0 && share <= 1)).toBe(true);
        },
      ),
    );
  });
});

describe('playedOf', () => {
  it('reads segments, leaves out the one still open, and finds the length in result or context', () => {
    const segments = { [`${VIDEO}/played-segments`]: '0[.]54.887[,]54.982[.]145.239[,]136.51' };
    const read = [
      [0, 54.887],
      [54.982, 145.239],
    ];
    expect(playedOf({ extensions: { ...segments, [`${VIDEO}/length`]: 525 } }, undefined)).toEqual({
      segments: read,
      length: 525,
    });
    expect(playedOf({ extensions: segments }, { extensions: { [`${VIDEO}/length`]: 525 } })?.length).toBe(
      525,
    );
    expect(playedOf({ extensions: segments }, undefined)).toEqual({ segments: read, length: null });
  });
  it('knows no length or end without end', () => {
    const told: unknown = JSON.parse('1e400');
    const extensions = { [`${VIDEO}/length`]: told, [`${VIDEO}/played-segments`]: '0[.]1e400' };
    expect(playedOf({ extensions }, undefined)).toBeNull();
  });
  it('is null without segments and length, and ignores nonsense', () => {
    expect(
      playedOf({ extensions: { [`${VIDEO}/played-segments`]: 'x[.]y[,]9[.]3[,][.]' } }, undefined),
    ).toBeNull();
    expect(playedOf(undefined, undefined)).toBeNull();
  });
});

describe('canonical', () => {
  it('is the same text for the same JSON, whatever the order of its keys', () => {
    const value = fc.jsonValue();
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value), (object) => {
        const turned = Object.fromEntries(Object.entries(object).reverse());
        expect(canonical(turned)).toBe(canonical(object));
        expect(JSON.parse(canonical(object))).toEqual(JSON.parse(JSON.stringify(object)));
      }),
    );
  });
});
