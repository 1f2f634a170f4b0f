import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type {
  DefinitionVersion,
  EnrolmentChange,
  IdentityLink,
  IdentityRule,
} from '../../../src/storage/ports/index.ts';
import { newOrg, type Subject, twentyTimes } from './subject.ts';

const AT = Date.UTC(2026, 0, 5);
const ACTOR = 'account|https://lms.example|7';

const definition = (
  org: string,
  cohortId: string,
  text = '{"id":"é"}',
): Omit<DefinitionVersion, 'version'> => ({
  org,
  cohortId,
  definition: text,
  removed: false,
  recordedAt: AT,
  recordedBy: 'une clé',
});

function change(given: Partial<EnrolmentChange> & { readonly org: string }): EnrolmentChange {
  return {
    cohortId: 'spoc',
    enrolmentId: randomUUID(),
    learnerId: randomUUID(),
    enrolledAt: AT,
    enrolledAtSource: 'stated',
    endedAt: null,
    reason: null,
    suspensions: [],
    source: 'api',
    recordedAt: AT,
    ...given,
  };
}

/** Definitions, learners and enrolments. */
export function describeCohorts(storage: Subject): void {
  const cohorts = () => storage().cohorts;
  const made = (name: string | null = null, learnerId: string = randomUUID()) => ({
    learnerId,
    name,
    at: AT,
  });

  describe('definitions of cohorts', () => {
    it('take a version that was made of the newest one only, however many try at once', async () => {
      const org = newOrg();
      const made = await twentyTimes((turn) =>
        cohorts().addVersionAfter(definition(org, 'spoc', `{"n":${turn}}`), 0),
      );
      expect(made.filter((each) => each !== null)).toHaveLength(1);
      expect(await cohorts().addVersionAfter(definition(org, 'spoc', '{"n":21}'), 0)).toBeNull();
      const second = await cohorts().addVersionAfter(definition(org, 'spoc', '{"n":22}'), 1);
      expect(second?.version).toBe(2);
      expect(await cohorts().addVersionAfter(definition(org, 'spoc'), 3)).toBeNull();
      expect(await cohorts().versions(org, 'spoc')).toHaveLength(2);
    });

    it('are numbered 1, 2, 3 and all kept, removals too', async () => {
      const org = newOrg();
      const first = await cohorts().addVersion(definition(org, 'spoc'));
      const second = await cohorts().addVersion({
        ...definition(org, 'spoc'),
        removed: true,
        recordedAt: AT + 1,
      });
      const third = await cohorts().addVersion(definition(org, 'spoc', '{"again":true}'));
      expect([first, second, third].map(({ version }) => version)).toEqual([1, 2, 3]);
      expect(first).toEqual({ ...definition(org, 'spoc'), version: 1 });
      expect(await cohorts().versions(org, 'spoc')).toEqual([first, second, third]);
      expect(await cohorts().versions(org, 'unknown')).toEqual([]);
    });

    it('are numbered without gap or repetition when many are added at once', async () => {
      const org = newOrg();
      const added = await twentyTimes((turn) =>
        cohorts().addVersion(definition(org, 'spoc', `{"n":${turn}}`)),
      );
      const kept = await cohorts().versions(org, 'spoc');
      expect(kept.map(({ version }) => version)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
      expect(kept).toEqual(added.toSorted((a, b) => a.version - b.version));
    });

    it('hold in their newest version, removed or not, by organisation or in all of them', async () => {
      const [one, other] = [newOrg(), newOrg()];
      await cohorts().addVersion(definition(one, 'a'));
      const newest = await cohorts().addVersion({ ...definition(one, 'a'), removed: true });
      const second = await cohorts().addVersion(definition(one, 'b'));
      const theirs = await cohorts().addVersion(definition(other, 'a'));
      expect(theirs.version).toBe(1);
      expect(await cohorts().currentVersions(one)).toEqual([newest, second]);
      expect(await cohorts().currentVersions(other)).toEqual([theirs]);
      const all = await cohorts().currentVersions(null);
      expect(all.filter(({ org }) => org === one || org === other)).toHaveLength(3);
    });
  });

  describe('learners', () => {
    it('are made at the first sight of an identifier, and found by it', async () => {
      const org = newOrg();
      expect(await cohorts().findLearner(org, ACTOR)).toBeNull();
      const first = await cohorts().learnerOf(org, ACTOR, made('Zoé'));
      expect(first).toMatchObject({ org, name: 'Zoé' });
      expect(await cohorts().learnerOf(org, ACTOR, made('another'))).toEqual(first);
      expect(await cohorts().findLearner(org, ACTOR)).toEqual(first);
    });

    it('are one when many meet the same identifier at once', async () => {
      const org = newOrg();
      const found = await twentyTimes((turn) => cohorts().learnerOf(org, ACTOR, made(`name ${turn}`)));
      expect(new Set(found.map(({ id }) => id)).size).toBe(1);
      expect(new Set(found.map(({ name }) => name)).size).toBe(1);
      expect(await cohorts().findLearner(org, ACTOR)).toEqual(found[0]);
    });

    it('are others in another organisation, with the same identifier or even the same id', async () => {
      const [one, other] = [newOrg(), newOrg()];
      const id = randomUUID();
      await cohorts().learnerOf(one, ACTOR, made('of one', id));
      expect(await cohorts().findLearner(other, ACTOR)).toBeNull();
      await cohorts().learnerOf(other, ACTOR, made('of other', id));
      await cohorts().renameLearner(other, id, 'renamed');
      expect((await cohorts().findLearner(one, ACTOR))?.name).toBe('of one');
      expect((await cohorts().findLearner(other, ACTOR))?.name).toBe('renamed');
    });

    it('lose their name when it is hidden', async () => {
      const org = newOrg();
      const { id } = await cohorts().learnerOf(org, ACTOR, made('Zoé'));
      await cohorts().renameLearner(org, id, null);
      expect(await cohorts().findLearner(org, ACTOR)).toEqual({ org, id, name: null });
    });
  });

  describe('enrolments', () => {
    it('are kept change by change, in the order they were told', async () => {
      const org = newOrg();
      const opened = change({
        org,
        suspensions: [
          [AT, AT + 5],
          [AT + 9, null],
        ],
        recordedAt: AT + 9,
      });
      const ended = { ...opened, endedAt: AT + 7, reason: 'withdrawn' as const, recordedAt: AT };
      const others = [change({ org }), change({ org })];
      await cohorts().addEnrolmentChanges([opened, ...others]);
      await cohorts().addEnrolmentChanges([ended]);
      expect(await cohorts().enrolmentChanges(org, 'spoc')).toEqual([opened, ...others, ended]);
    });

    it('stay with their cohort and organisation', async () => {
      const [one, other] = [newOrg(), newOrg()];
      const mine = change({ org: one });
      await cohorts().addEnrolmentChanges([
        mine,
        change({ org: one, cohortId: 'blended' }),
        change({ org: other }),
      ]);
      expect(await cohorts().enrolmentChanges(one, 'spoc')).toEqual([mine]);
      expect(await cohorts().enrolmentChanges(one, 'unknown')).toEqual([]);
    });

    it('name the learners of a cohort, with all their identifiers, each once', async () => {
      const [org, elsewhere] = [newOrg(), newOrg()];
      const enrolled = await cohorts().learnerOf(org, ACTOR, made('Zoé'));
      const foreign = await cohorts().learnerOf(elsewhere, ACTOR, made());
      await cohorts().learnerOf(org, 'mbox|mailto:other@example.org', made());
      const twice = change({ org, learnerId: enrolled.id });
      await cohorts().addEnrolmentChanges([
        twice,
        { ...twice, endedAt: AT + 1 },
        change({ org: elsewhere, learnerId: foreign.id }),
      ]);
      expect(await cohorts().people(org, { cohortId: 'spoc' })).toEqual({
        learners: [enrolled],
        identities: [{ org, actor: ACTOR, learnerId: enrolled.id, recordedAt: AT }],
        links: [],
        rules: [],
      });
      expect(await cohorts().people(org, { cohortId: 'unknown' })).toEqual({
        learners: [],
        identities: [],
        links: [],
        rules: [],
      });
    });
  });

  describe('links between learners', () => {
    const link = (org: string, learnerId: string, other: string): IdentityLink => ({
      org,
      learnerId,
      other,
      linked: true,
      by: 'hand',
      recordedAt: AT,
      recordedBy: 'une clé',
    });

    it('are all kept, undone ones too, in their order; rules as well', async () => {
      const org = newOrg();
      const linked = link(org, 'a', 'b');
      const undone = { ...linked, linked: false, recordedAt: AT - 1 };
      await cohorts().addIdentityLinks([linked]);
      await cohorts().addIdentityLinks([undone, link(org, 'c', 'd')]);
      expect(await cohorts().identityLinks(org)).toEqual([linked, undone, link(org, 'c', 'd')]);
      expect(await cohorts().identityLinks(newOrg())).toEqual([]);
      const on: IdentityRule = { org, rule: 'email', on: true, recordedAt: AT, recordedBy: 'x' };
      await cohorts().addIdentityRule(on);
      await cohorts().addIdentityRule({ ...on, on: false });
      expect(await cohorts().identityRules(org)).toEqual([on, { ...on, on: false }]);
      expect(await cohorts().identityRules(newOrg())).toEqual([]);
    });

    it('lead to everybody who may be one with those asked for, over links, undone links and mailboxes', async () => {
      const [org, elsewhere] = [newOrg(), newOrg()];
      const actors = [
        'account|https://lms.example|1',
        'account|https://lms.example|2',
        'mbox|mailto:Ana@example.org',
        'mbox|mailto:ana@example.org',
        'account|https://lms.example|3',
      ];
      const ids: string[] = [];
      for (const actor of actors) ids.push((await cohorts().learnerOf(org, actor, made())).id);
      const [one = '', two = '', three = '', four = ''] = ids;
      await cohorts().learnerOf(elsewhere, 'mbox|mailto:ana@example.org', made());
      const undone = { ...link(org, three, two), linked: false };
      await cohorts().addIdentityLinks([link(org, one, two), undone]);
      const found = await cohorts().people(org, { learnerIds: [one] });
      expect(found.learners.map(({ id }) => id)).toEqual([one, two, three, four].sort());
      expect(found.identities.map(({ actor }) => actor)).toEqual(actors.slice(0, 4).sort());
      expect(found.links).toEqual([link(org, one, two), undone]);
      const byMail = await cohorts().people(org, { actors: ['mbox|mailto:ANA@example.org'] });
      expect(byMail.learners).toHaveLength(4);
      expect((await cohorts().people(org, {})).learners).toEqual([]);
    });
  });
}
