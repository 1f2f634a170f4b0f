import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cohortProgress } from '../../src/progress/cohort-progress.ts';
import { personsOf } from '../../src/progress/persons.ts';
import type {
  EnrolmentChange,
  Identity,
  IdentityLink,
  IdentityRule,
} from '../../src/storage/ports/cohort-store.ts';
import {
  at,
  cohortOf,
  enrolled,
  factsOf,
  identityOf,
  type Told,
  told,
  unit,
  VERB,
} from '../support/scene.ts';

const identity = (actor: string, learnerId: string, recordedAt = at(0)): Identity => ({
  org: 'o',
  actor,
  learnerId,
  recordedAt,
});
const link = (learnerId: string, other: string, change: Partial<IdentityLink> = {}): IdentityLink => ({
  org: 'o',
  learnerId,
  other,
  linked: true,
  by: 'hand',
  recordedAt: at(1),
  recordedBy: 'test',
  ...change,
});
const rule = (on: boolean, recordedAt: number): IdentityRule => ({
  org: 'o',
  rule: 'email',
  on,
  recordedAt,
  recordedBy: 'test',
});
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');
const accounts = ['a', 'b', 'c', 'd'].map((name, index) => identity(`account|x|${name}`, name, at(index)));
const persons = (
  links: readonly IdentityLink[],
  knownAt: number | null = null,
  rules: readonly IdentityRule[] = [],
) => personsOf({ identities: accounts, links, rules }, knownAt);

describe('who is who', () => {
  it('is everybody by themselves until somebody links them', () => {
    expect(persons([]).ofLearner('b')).toBe('b');
    expect(persons([]).ofActor('account|x|b')).toBe('b');
    expect(persons([]).ofActor('account|x|nobody')).toBeNull();
  });
  it('follows links over any number of them, rings too, to the one known longest', () => {
    const { ofActor } = persons([link('d', 'c'), link('b', 'c'), link('d', 'b')]);
    expect(['b', 'c', 'd'].map((name) => ofActor(`account|x|${name}`))).toEqual(['b', 'b', 'b']);
    expect(ofActor('account|x|a')).toBe('a');
  });
  it('is as it was before a link was made, and before it was undone', () => {
    const links = [
      link('a', 'b', { recordedAt: at(3) }),
      link('b', 'a', { linked: false, recordedAt: at(5) }),
    ];
    const known = [at(2), at(4), at(6)].map((knownAt) => persons(links, knownAt).ofLearner('b'));
    expect(known).toEqual(['b', 'a', 'b']);
  });
  it('takes links by e-mail for good only while the organisation says so', () => {
    const links = [link('a', 'b', { by: 'email' })];
    const rules = [rule(true, at(0)), rule(false, at(4))];
    expect([at(2), at(5)].map((knownAt) => persons(links, knownAt, rules).ofLearner('b'))).toEqual([
      'a',
      'b',
    ]);
    expect(persons(links).ofLearner('b')).toBe('b');
  });
  it('is the same for a mailbox, in capitals or not, and for its digest, stored or only met in statements', () => {
    const identities = [identity('mbox|mailto:Ana@Example.org', 'ana')];
    const { ofActor } = personsOf({ identities, links: [], rules: [] }, null);
    for (const actor of [
      'mbox|mailto:ana@example.org',
      `mbox_sha1sum|${sha1('mailto:ana@example.org')}`,
      `mbox_sha1sum|${sha1('mailto:Ana@Example.org')}`,
    ])
      expect(ofActor(actor)).toBe('ana');
    expect(ofActor('mbox|mailto:ben@example.org')).toBeNull();
  });
  it('tells the holders of one mailbox apart when a person said so', () => {
    const identities = [
      identity('mbox|mailto:desk@example.org', 'a'),
      identity(`mbox_sha1sum|${sha1('mailto:desk@example.org')}`, 'b', at(1)),
    ];
    const links = [link('a', 'b', { linked: false })];
    const { ofActor } = personsOf({ identities, links, rules: [] }, null);
    expect(identities.map(({ actor }) => ofActor(actor))).toEqual(['a', 'b']);
    expect(ofActor('mbox|mailto:DESK@example.org')).toBeNull();
    expect(personsOf({ identities, links: [], rules: [] }, null).ofLearner('b')).toBe('a');
  });
  it('never depends on the order of what is known, always', () => {
    const ids = fc.constantFrom('a', 'b', 'c', 'd');
    const records = fc.array(
      fc.record({ one: ids, two: ids, linked: fc.boolean(), day: fc.integer({ min: 1, max: 5 }) }),
      { maxLength: 10 },
    );
    fc.assert(
      fc.property(records, fc.nat(), (list, seed) => {
        const links = list.map(({ one, two, linked, day }) =>
          link(one, two, { linked, recordedAt: at(day) }),
        );
        const turned = [
          ...links.slice(seed % (links.length + 1)),
          ...links.slice(0, seed % (links.length + 1)),
        ];
        const of = (all: readonly IdentityLink[], identities = accounts) =>
          accounts.map(({ learnerId }) =>
            personsOf({ identities, links: all, rules: [] }, null).ofLearner(learnerId),
          );
        expect(of(turned.toReversed(), accounts.toReversed())).toEqual(of(links));
      }),
    );
  });
});

describe('linked learners', () => {
  const figures = (
    changes: readonly EnrolmentChange[],
    said: readonly Told[],
    links: readonly IdentityLink[],
  ) => {
    const definition = cohortOf({ units: [{ id: unit('a') }, { id: unit('b') }] });
    const identities = ['ana', 'ana2'].map((id, index) => identityOf(id, { recordedAt: index }));
    return cohortProgress(
      { definition, changes, identities, links, facts: factsOf(definition, said) },
      at(30),
      null,
    ).learners;
  };
  const both = [link('ana', 'ana2')];
  it('are one, whose evidence counts whatever the identifier', () => {
    const changes = [enrolled('ana'), enrolled('ana2', { enrolledAt: at(3) })];
    const said = [
      told(VERB.completed, unit('a'), at(4)),
      told(VERB.completed, unit('b'), at(5), { by: 'ana2' }),
    ];
    expect(figures(changes, said, [])).toHaveLength(2);
    const [only, ...others] = figures(changes, said, both);
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      state: 'completed',
      enrolment: { id: 'ana-1', learnerId: 'ana', entry: 0 },
    });
  });
  it('are enrolled from the first beginning to the last ending, with its reason; suspensions united', () => {
    const changes = [
      enrolled('ana2', {
        enrolledAt: at(2),
        endedAt: at(9),
        reason: 'withdrawn',
        suspensions: [[at(3), at(5)]],
      }),
      enrolled('ana', {
        enrolledAt: at(4),
        endedAt: at(8),
        reason: 'transferred',
        suspensions: [[at(4), at(6)]],
      }),
    ];
    const [only, ...others] = figures(changes, [], both);
    expect(others).toEqual([]);
    expect(only?.enrolment).toMatchObject({
      id: 'ana2-1',
      enrolledAt: at(2),
      endedAt: at(9),
      reason: 'withdrawn',
      pauses: [[3, 6]],
    });
    const open = [...changes.slice(0, 1), enrolled('ana', { enrolledAt: at(4) })];
    expect(figures(open, [], both)).toMatchObject([{ enrolment: { endedAt: null, reason: null } }]);
  });
  it('have an episode for each of the times that do not overlap', () => {
    const changes = [
      enrolled('ana', { endedAt: at(5), reason: 'removed' }),
      enrolled('ana2', { enrolledAt: at(7) }),
    ];
    expect(figures(changes, [], both)).toHaveLength(2);
  });
  it('are excluded when one of them is, unless it is enrolled besides', () => {
    const excluded = enrolled('ana2', { endedAt: at(1), reason: 'excluded' });
    expect(figures([enrolled('ana'), excluded], [], both)).toEqual([]);
    expect(figures([enrolled('ana'), excluded], [], [])).toHaveLength(1);
    const again = enrolled('ana2', { enrolmentId: 'ana2-2', enrolledAt: at(6), source: 'roster' });
    expect(figures([enrolled('ana'), excluded, again], [], both)).toHaveLength(1);
  });
});
