import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openConnection } from '../../src/storage/embedded/connection.ts';
import { openEmbedded } from '../../src/storage/embedded/open-embedded.ts';
import { readLinks, spelt } from '../../src/storage/embedded/operations/links.ts';
import type { Storage } from '../../src/storage/ports/index.ts';
import { allOf, asking, direct, idsOf, related, statement, statements, stored } from './contract/subject.ts';

const ANA = 'mbox|mailto:ana@example.org';
const UNIT = 'https://x.example/unit';
/** More than the positions whose links gather. */
const MANY = 4_100;

const linkArbitrary = fc.record({
  kind: fc.constantFrom('agents' as const, 'activities' as const),
  term: fc.integer({ min: 1, max: 2 ** 36 }),
  related: fc.boolean(),
});

describe('links of a statement, spelt in one text', () => {
  const textOf = (links: readonly { kind: 'agents' | 'activities'; term: number; related: boolean }[]) =>
    links.map(({ kind, term, related: only }) => spelt(kind, term, only)).join('');

  it('are read as they were', () => {
    fc.assert(
      fc.property(fc.array(linkArbitrary), (links) => {
        expect(readLinks(textOf(links))).toEqual(links);
      }),
    );
  });

  it('hold a link when one of them is that link, and not because others look alike', () => {
    const near = linkArbitrary.map((link) => ({ ...link, term: 1 + (link.term % 120) }));
    fc.assert(
      fc.property(fc.array(near), near, (links, { kind, term, related: only }) => {
        const holds = links.some((link) => link.kind === kind && link.term === term && link.related === only);
        expect(textOf(links).includes(spelt(kind, term, only))).toBe(holds);
      }),
      { numRuns: 500 },
    );
  });
});

describe('links in the embedded store', () => {
  let folder: string;
  let storage: Storage;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'assidu-links-'));
    storage = openEmbedded({ folder, mode: 'inline' });
  });
  afterEach(async () => {
    await storage.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What is found by the agent and by the activity, directly and related. */
  const found = async () => {
    const asked = [
      asking({ agent: ANA }),
      asking({ agent: ANA, relatedAgents: true }),
      asking({ activity: UNIT }),
      asking({ activity: UNIT, relatedActivities: true }),
      asking({ agent: ANA, activity: UNIT, relatedActivities: true }),
    ];
    const pages = await Promise.all(asked.map((query) => allOf(storage, 'one', query)));
    return pages.map((page) => idsOf(page));
  };
  const linked = () => [
    statement({ agents: direct(ANA) }),
    statement({ agents: related(ANA), activities: direct(UNIT) }),
    statement({ agents: [...related(ANA), ...direct(ANA)], activities: related(UNIT) }),
    statement({ agents: direct(ANA), activities: [...direct(UNIT), ...related(UNIT)] }),
  ];

  it('find the same while they gather and when they have gone to their indexes', async () => {
    await stored(storage, 'one', linked());
    const before = await found();
    expect(before.map((ids) => ids.length)).toEqual([3, 4, 2, 3, 2]);
    await stored(storage, 'one', statements(MANY));
    expect(await found()).toEqual(before);
    const feed = await storage.statements.feedOf('one', [UNIT], 0, MANY, 10);
    expect(feed.map(({ seq }) => seq)).toEqual([2, 3, 4]);
    expect(await storage.check.faults()).toEqual([]);
  });

  it('to a person who is erased do not come back when they go to their indexes', async () => {
    const batch = linked();
    await stored(storage, 'one', batch);
    const rewritten = batch.slice(1, 2).map(({ id, text }) => ({ seq: 2, id, text, detached: [] }));
    await storage.erasures.statements('one', { removed: [1, 3, 4], rewritten, actors: [ANA] });
    const left = batch.slice(1, 2).map(({ id }) => id);
    expect(await found()).toEqual([[], [], left, left, []]);
    await stored(storage, 'one', statements(MANY));
    expect(await found()).toEqual([[], [], left, left, []]);
    expect(await storage.check.faults()).toEqual([]);
  });

  it('to somebody whose name has a NUL are never those of who is called as it begins', async () => {
    const [odd, plain] = [statement({ agents: direct('a\0b') }), statement({ agents: direct('a') })];
    await stored(storage, 'one', [odd]);
    await stored(storage, 'one', [plain]);
    expect(idsOf(await allOf(storage, 'one', asking({ agent: 'a\0b' })))).toEqual([odd.id]);
    expect(idsOf(await allOf(storage, 'one', asking({ agent: 'a' })))).toEqual([plain.id]);
  });

  it('are those of their own term, whatever characters it has, at first and when it comes again', async () => {
    const names = [
      'a',
      'a"b\\',
      'a\0',
      'a\0b',
      'a\u0001',
      'é',
      'e\u0301',
      '😀',
      'a\ud800',
      'a\u2028',
      '\\u0061',
      '',
    ];
    const sent = names.map((name) => statement({ agents: direct(name) }));
    await stored(storage, 'one', sent);
    await storage.close();
    storage = openEmbedded({ folder, mode: 'inline' });
    const again = names.map((name) => statement({ agents: direct(name) }));
    await stored(storage, 'one', again);
    for (const [index, name] of names.entries()) {
      const both = [sent[index], again[index]].map((each) => each?.id);
      expect(idsOf(await allOf(storage, 'one', asking({ agent: name })))).toEqual(both);
    }
  });

  it('are found in a file that an earlier version made, where each gathered in a row of its own', async () => {
    const numbered = (term: string) => `(SELECT id FROM terms WHERE org = 'one' AND term = '${term}')`;
    await stored(storage, 'one', statements(MANY));
    await stored(storage, 'one', linked());
    const before = await found();
    await storage.close();
    const db = openConnection(join(folder, 'assidu.sqlite'), 'write');
    const rows = db
      .all("SELECT seq, links FROM recent_links WHERE links <> ''")
      .flatMap((row) => readLinks(String(row.links)).map((link) => ({ ...link, seq: Number(row.seq) })));
    expect(rows.length).toBeGreaterThan(8);
    db.exec(`DROP TABLE recent_links; CREATE TABLE recent_links (
      seq INTEGER NOT NULL, kind INTEGER NOT NULL, term INTEGER NOT NULL, related INTEGER NOT NULL,
      PRIMARY KEY (seq, kind, term)) STRICT, WITHOUT ROWID; PRAGMA user_version = 1`);
    for (const { seq, kind, term, related: only } of rows)
      db.run(
        'INSERT INTO recent_links VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET related = min(related, excluded.related)',
        seq,
        kind === 'agents' ? 0 : 1,
        term,
        only ? 1 : 0,
      );
    expect(db.get(`SELECT count(*) AS n FROM recent_links WHERE term = ${numbered(ANA)}`)?.n).toBe(4);
    db.close();
    storage = openEmbedded({ folder, mode: 'inline' });
    expect(await found()).toEqual(before);
    expect(await storage.check.faults()).toEqual([]);
    const later = linked();
    await stored(storage, 'one', [...later, ...statements(MANY)]);
    const after = await found();
    expect(after.map((ids, index) => ids.length - (before[index]?.length ?? 0))).toEqual([3, 4, 2, 3, 2]);
    expect(await storage.check.faults()).toEqual([]);
  });
});
