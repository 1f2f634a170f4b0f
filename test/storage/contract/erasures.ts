import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { DataSubject } from '../../../src/storage/ports/index.ts';
import {
  ALL_OF_IT,
  type Amount,
  allOf,
  anyWriter,
  asking,
  direct,
  idsOf,
  newOrg,
  type Opened,
  related,
  type Subject,
  statement,
  stored,
} from './subject.ts';

const ANA = 'mbox|mailto:ana@exemple.fr';
const BEN = 'mbox|mailto:ben@exemple.fr';
const UNIT = 'https://lms.example/unit';
const person = (given: Partial<DataSubject> = {}): DataSubject => ({
  actors: [ANA],
  learnerIds: [],
  users: [],
  ...given,
});

/** Finding what is kept about a person, and removing it. */
export function describeErasures(storage: Subject, { erased }: Amount = ALL_OF_IT): void {
  const subjects = () => storage().subjects;
  const erasures = () => storage().erasures;

  describe('what is kept about a person', () => {
    it('is every statement that names them, directly or not, voided or not, page by page', async () => {
      const org = newOrg();
      const own = statement({ agents: direct(ANA) });
      const graded = statement({ agents: [...direct(BEN), ...related(ANA)] });
      const other = statement({ agents: direct(BEN) });
      await stored(storage(), org, [own, graded, other]);
      await stored(storage(), org, [statement({ voids: own.id, agents: direct(BEN) })]);
      await stored(storage(), newOrg(), [statement({ agents: direct(ANA) })]);
      const [first] = await subjects().statements(org, [ANA], 0, 1);
      expect(first).toMatchObject({ id: own.id, voidedAt: expect.any(Number) });
      expect(idsOf(await subjects().statements(org, [ANA], first?.seq ?? 0, 10))).toEqual([graded.id]);
    });

    it('is every statement that mentions them, whatever the case and whatever pattern a text looks like', async () => {
      const org = newOrg();
      const shouted = statement({ text: '{"x":"ANA_B@exemple.fr"}' });
      await stored(storage(), org, [shouted, statement({ text: '{"x":"anaxb@exemple.fr"}' })]);
      expect(idsOf(await subjects().mentioning(org, ['ana_b@exemple.fr'], 0, 10))).toEqual([shouted.id]);
    });

    it('is found by the same mailbox in other spellings, and by the users of platforms', async () => {
      const org = newOrg();
      await stored(storage(), org, [statement({ agents: direct('mbox|mailto:Ana@exemple.fr') })]);
      const learner = await storage().cohorts.learnerOf(org, ANA, {
        learnerId: randomUUID(),
        name: null,
        at: 1,
      });
      const course = { org, registrationId: 'r1', courseId: '2' };
      await storage().courses.saveUsers(course, [{ sub: '17', learnerId: learner.id, groups: null }]);
      const { actors, users } = await subjects().completed(org, person({ learnerIds: [learner.id] }));
      expect(actors).toEqual(
        expect.arrayContaining([ANA, 'mbox|mailto:Ana@exemple.fr', expect.stringMatching(/^mbox_sha1sum\|/)]),
      );
      expect(users).toEqual([{ registrationId: 'r1', sub: '17' }]);
    });

    it('shows no secret', async () => {
      const org = newOrg();
      await storage().keys.insert({
        id: randomUUID(),
        org,
        key: `ak_${randomUUID()}`,
        secretHash: 'a hash',
        name: 'content',
        scopes: ['statements/write'],
        createdAt: 1,
        lastUsedAt: null,
        revokedAt: null,
        expiresAt: 2,
        limits: { requestsPerMinute: null, statementsPerMinute: null },
        boundTo: { actor: ANA, registration: null },
        trustedPlatform: null,
        onInvalid: 'refuse',
      });
      const records = await subjects().records(org, person());
      expect(records.map(({ kind }) => kind)).toEqual(['content key']);
      expect(JSON.stringify(records)).not.toContain('a hash');
    });
  });

  describe('an erasure', () => {
    it('is written down before it begins, and forgets whose it was in the end', async () => {
      const org = newOrg();
      const erasure = { id: randomUUID(), org, begunAt: 5, subject: person(), cohorts: ['spoc'] };
      await erasures().begin(erasure);
      await erasures().begin(erasure);
      expect(await erasures().open(org)).toEqual([erasure]);
      await erasures().forgetSubject(erasure.id, { statements: 3 });
      expect(await erasures().open(org)).toEqual([{ ...erasure, subject: null }]);
      await erasures().finish(erasure.id, 9);
      await erasures().finish(erasure.id, 10);
      expect(await erasures().open(org)).toEqual([]);
      expect(await erasures().list(org)).toEqual([
        { id: erasure.id, begunAt: 5, finishedAt: 9, cohorts: ['spoc'], removed: { statements: 3 } },
      ]);
    });

    it('removes statements from wherever they are found, old ones and new ones, and only those', async () => {
      const org = newOrg();
      const about = (who: string) => statement({ agents: direct(who), activities: direct(UNIT) });
      // So many that some links are where they gather, and others where they stay.
      const theirs = Array.from({ length: erased }, () => about(ANA));
      const others = Array.from({ length: erased }, () => about(BEN));
      await stored(
        storage(),
        org,
        theirs.flatMap((each, index) => [each, others[index] ?? about(BEN)]),
      );
      await erasures().statements(org, {
        removed: (await subjects().statements(org, [ANA], 0, 5_000)).map(({ seq }) => seq),
        rewritten: [],
        actors: [ANA],
      });
      expect(await subjects().statements(org, [ANA], 0, 10)).toEqual([]);
      expect(await storage().statements.get(org, theirs[0]?.id ?? '')).toBeNull();
      const left = await allOf(storage(), org, asking({ activity: UNIT }));
      expect(idsOf(left)).toEqual(idsOf(others));
    });

    it('takes attachments along that nobody else sent, and leaves the others', async () => {
      const org = newOrg();
      const [own, other] = [statement({ agents: direct(ANA) }), statement()];
      const attachment = (sha2: string, ...usedBy: readonly string[]) => ({
        sha2,
        length: 1,
        bytes: Buffer.from('x'),
        usedBy: usedBy.map((statementId) => ({ statementId, contentType: 'text/plain' })),
      });
      await storage().statements.append(
        org,
        anyWriter,
        [own, other],
        [attachment('aa', own.id), attachment('bb', own.id, other.id)],
      );
      const [kept] = await subjects().statements(org, [ANA], 0, 10);
      await erasures().statements(org, { removed: [kept?.seq ?? 0], rewritten: [], actors: [ANA] });
      expect(await storage().check.attachments(org, '', 10)).toEqual([{ org, sha2: 'bb', length: 1 }]);
      await expect(storage().attachments.read(org, 'aa')[Symbol.asyncIterator]().next()).rejects.toThrow();
    });

    it('rewrites statements of others, which are found by the person no more', async () => {
      const org = newOrg();
      const graded = statement({ agents: [...direct(BEN), ...related(ANA)] });
      await stored(storage(), org, [graded]);
      const [kept] = await subjects().statements(org, [ANA], 0, 10);
      const rewritten = [{ seq: kept?.seq ?? 0, id: graded.id, text: '{"rewritten":true}', detached: [] }];
      await erasures().statements(org, { removed: [], rewritten, actors: [ANA] });
      expect(await subjects().statements(org, [ANA], 0, 10)).toEqual([]);
      expect((await storage().statements.get(org, graded.id))?.text).toBe('{"rewritten":true}');
      expect(idsOf(await allOf(storage(), org, asking({ agent: BEN })))).toEqual([graded.id]);
    });

    it('does not touch statements of another organisation', async () => {
      const [org, other] = [newOrg(), newOrg()];
      const foreign = statement({ agents: direct(ANA) });
      const { lastSeq } = await stored(storage(), other, [foreign]);
      const rewritten = [{ seq: lastSeq, id: foreign.id, text: '{}', detached: [] }];
      await erasures().statements(org, { removed: [lastSeq], rewritten, actors: [ANA] });
      expect((await storage().statements.get(other, foreign.id))?.text).toContain(foreign.id);
      expect(idsOf(await subjects().statements(other, [ANA], 0, 10))).toEqual([foreign.id]);
    });

    it('removes all records about the person, and may be repeated', async () => {
      const org = newOrg();
      const made = (id: string) => ({ learnerId: id, name: 'Somebody', at: 1 });
      const [one, two] = [randomUUID(), randomUUID()];
      await storage().cohorts.learnerOf(org, ANA, made(one));
      await storage().cohorts.learnerOf(org, BEN, made(two));
      const course = { org, registrationId: 'r1', courseId: '2' };
      await storage().courses.saveUsers(course, [
        { sub: '17', learnerId: one, groups: null },
        { sub: '18', learnerId: two, groups: null },
      ]);
      const subject = person({ learnerIds: [one], users: [{ registrationId: 'r1', sub: '17' }] });
      const removed = await erasures().records(org, subject, []);
      expect(removed).toEqual({ learner: 1, identity: 1, 'mailbox digest': 1, 'course user': 1 });
      expect(await erasures().records(org, subject, [])).toEqual({});
      expect(await subjects().records(org, subject)).toEqual([]);
      expect(await storage().cohorts.findLearner(org, ANA)).toBeNull();
      expect(await storage().cohorts.findLearner(org, BEN)).toMatchObject({ id: two });
      expect((await storage().courses.users(course)).map(({ sub }) => sub)).toEqual(['18']);
    });

    it('keeps what the person configured, without telling that it was them', async () => {
      const org = newOrg();
      const version = { org, cohortId: 'spoc', definition: '{}', removed: false, recordedAt: 1 };
      await storage().cohorts.addVersion({ ...version, recordedBy: ANA });
      await storage().cohorts.addVersion({ ...version, recordedBy: BEN });
      await erasures().records(org, person(), []);
      const kept = await storage().cohorts.versions(org, 'spoc');
      expect(kept.map(({ recordedBy }) => recordedBy)).toEqual(['', BEN]);
    });

    it('removes no record while a statement names the person: it would be found by nobody any more', async () => {
      const org = newOrg();
      await storage().cohorts.learnerOf(org, ANA, { learnerId: randomUUID(), name: null, at: 1 });
      await stored(storage(), org, [statement({ agents: related(ANA) })]);
      expect(await erasures().records(org, person(), [])).toBeNull();
      expect(await storage().cohorts.findLearner(org, ANA)).not.toBeNull();
    });

    it('does not hinder the person from being kept anew', async () => {
      const org = newOrg();
      const names = [{ actor: ANA, name: 'Ana' }];
      await stored(storage(), org, [statement({ agents: direct(ANA), names })]);
      const page = await subjects().statements(org, [ANA], 0, 10);
      await erasures().statements(org, { removed: page.map(({ seq }) => seq), rewritten: [], actors: [ANA] });
      await erasures().records(org, person(), []);
      const again = statement({ agents: direct(ANA), names });
      await stored(storage(), org, [again]);
      expect(idsOf(await allOf(storage(), org, asking({ agent: ANA })))).toEqual([again.id]);
      expect(await storage().profiles.names(org, ANA)).toEqual(['Ana']);
    });

    it('keeps the figures that were frozen first', async () => {
      const org = newOrg();
      const frozen = { org, cohortId: 'spoc', erasureId: 'e1', recordedAt: 7, metrics: '{"counts":1}' };
      await erasures().freeze(frozen);
      await erasures().freeze({ ...frozen, recordedAt: 8, metrics: '{"counts":0}' });
      expect(await erasures().frozen(org, 'spoc')).toEqual([frozen]);
      expect(await erasures().frozen(org, 'blended')).toEqual([]);
    });

    it('leaves a store without faults', async () => {
      expect(await storage().check.faults()).toEqual([]);
    });
  });
}

/** What is gone after a scrub. */
export function describeScrub(open: () => Promise<Opened>): void {
  describe('a scrub', () => {
    it('leaves nothing of what was erased in the files', async () => {
      const opened = await open();
      try {
        const org = newOrg();
        const { storage } = opened;
        const secret = 'mbox|mailto:very.special.person@exemple.fr';
        const text = `{"actor":{"mbox":"${secret.slice(5)}"}}`;
        for (let turn = 0; turn < 5; turn += 1) {
          const batch = Array.from({ length: 100 }, (_, index) =>
            index % 3 === 0
              ? statement({ agents: direct(secret), text })
              : statement({ agents: direct(BEN) }),
          );
          await stored(storage, org, batch);
        }
        await storage.cohorts.learnerOf(org, secret, { learnerId: 'l1', name: 'Very Special', at: 1 });
        const subject = person({ actors: [secret], learnerIds: ['l1'] });
        await storage.erasures.begin({ id: randomUUID(), org, begunAt: 1, subject, cohorts: [] });
        const page = await storage.subjects.statements(org, [secret], 0, 1_000);
        await storage.erasures.statements(org, {
          removed: page.map(({ seq }) => seq),
          rewritten: [],
          actors: [secret],
        });
        await storage.erasures.records(org, subject, []);
        for (const { id } of await storage.erasures.open(org)) await storage.erasures.forgetSubject(id, {});
        await storage.erasures.scrub();
        const left = opened.bytes?.() ?? Buffer.alloc(0);
        expect(left.includes('very.special')).toBe(false);
        expect(left.includes('Very Special')).toBe(false);
        expect((await allOf(storage, org, asking())).length).toBe(330);
        await stored(storage, org, [statement()]);
      } finally {
        await opened.destroy();
      }
    });
  });
}
