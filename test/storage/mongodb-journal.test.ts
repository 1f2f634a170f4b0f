import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import mongoose, { type Connection } from 'mongoose';
import { afterAll, describe, expect, it } from 'vitest';
import { UPLOAD_PARTS } from '../../src/storage/mongodb/attachments/attachments-collections.ts';
import { createUploads } from '../../src/storage/mongodb/attachments/uploads.ts';
import { connect } from '../../src/storage/mongodb/connection.ts';
import { contextOver, type MongoContext } from '../../src/storage/mongodb/context.ts';
import { insertNew } from '../../src/storage/mongodb/insert.ts';
import { openMongo } from '../../src/storage/mongodb/open-mongodb.ts';
import { BATCHES } from '../../src/storage/mongodb/statements/batches-collection.ts';
import { type Entry, recordsOf } from '../../src/storage/mongodb/statements/entry.ts';
import { createJournal, KNOWN_FOR, type OpenBatch } from '../../src/storage/mongodb/statements/journal.ts';
import { openStatements } from '../../src/storage/mongodb/statements/open-statements.ts';
import { STATEMENTS } from '../../src/storage/mongodb/statements/statements-collection.ts';
import { sweepLeft } from '../../src/storage/mongodb/statements/sweep-left.ts';
import type { NewStatement, Storage } from '../../src/storage/ports/index.ts';
import { mongoServer, newDatabase } from '../support/mongodb-server.ts';
import { dropDatabase } from '../support/open-mongodb.ts';
import {
  allOf,
  anyWriter,
  asking,
  direct,
  idsOf,
  newOrg,
  statement,
  statements,
  stored,
  writer,
} from './contract/subject.ts';

const server = await mongoServer();
/** Long enough for a step of another instance, short enough to wait for, ms. */
const SOON = 300;
/** Longer than any test. */
const NEVER = 600_000;

describe.skipIf(server === null)('statements of several instances over one MongoDB database', () => {
  const endings: (() => Promise<void>)[] = [];
  const databases: string[] = [];
  afterAll(async () => {
    await Promise.all(endings.map((end) => end()));
    for (const uri of databases) await dropDatabase(uri);
  });
  const database = (): string => {
    if (server === null) throw new Error('skipped');
    const uri = newDatabase(server);
    databases.push(uri);
    return uri;
  };
  const instance = (uri: string, lease = SOON): Storage => {
    const storage = openMongo({ uri, lease });
    endings.push(() => storage.close());
    return storage;
  };
  /** What an instance is made of that can be stopped at any step. */
  const parts = async (uri: string): Promise<MongoContext> => {
    const connection: Connection = mongoose.createConnection();
    await connect(connection, uri);
    endings.push(() => connection.close());
    return contextOver(connection, Date.now, randomUUID);
  };
  const entry = (org: string, some: readonly NewStatement[]): Entry => ({
    org,
    writer: anyWriter,
    statements: some,
    attachments: [],
  });
  /** An instance accepts statements, and is gone before anything else is written. */
  const accept = async (uri: string, ...entries: readonly Entry[]): Promise<OpenBatch> =>
    createJournal(await parts(uri)).begin(entries);
  const fedAfter = async (storage: Storage, seq: number) => idsOf(await storage.statements.feed(seq, 1_000));

  it('are kept once when both are sent the same at once, and the other is told what is kept', async () => {
    const uri = database();
    const [one, two] = [instance(uri), instance(uri)];
    const org = newOrg();
    const ids = Array.from({ length: 12 }, () => randomUUID());
    const send = (storage: Storage, from: string) =>
      Promise.all(
        ids.map((id) =>
          storage.statements.append(org, anyWriter, [statement({ id, text: `{"from":"${from}"}` })]),
        ),
      );
    const [first, second] = await Promise.all([send(one, 'one'), send(two, 'two')]);
    expect(idsOf(await allOf(two, org, asking())).toSorted()).toEqual(ids.toSorted());
    for (const [index, id] of ids.entries()) {
      const results = [first[index], second[index]];
      expect(results.map((result) => result?.kind).toSorted()).toEqual(['known', 'stored']);
      const { text } = (await one.statements.get(org, id)) ?? { text: '' };
      const known = results.flatMap((result) => (result?.kind === 'known' ? result.known : []));
      expect(known).toEqual([{ index: 0, text }]);
      const winner = first[index]?.kind === 'stored' ? 'one' : 'two';
      expect(JSON.parse(text)).toMatchObject({ from: winner });
    }
  });

  it('are kept as whole batches or not at all, however they overlap, in whatever order they name what', async () => {
    const uri = database();
    const instances = [instance(uri), instance(uri)];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 1 }), { minLength: 2, maxLength: 6 }),
        async (batches) => {
          const org = newOrg();
          const ids = Array.from({ length: 6 }, () => randomUUID());
          const sent = batches.map((batch) => batch.map((index) => statement({ id: ids[index] ?? '' })));
          const results = await Promise.all(
            sent.map((batch, index) =>
              instances[index % 2]?.statements.append(org, writer(`${index}`), batch),
            ),
          );
          const kept = sent.filter((_, index) => results[index]?.kind === 'stored');
          const found = await Promise.all(instances.map((each) => allOf(each, org, asking())));
          for (const each of found) expect(idsOf(each).toSorted()).toEqual(kept.flatMap(idsOf).toSorted());
          expect(kept.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 8 },
    );
  });

  it('are found by all as soon as one has acknowledged them', async () => {
    const uri = database();
    const [one, two] = [instance(uri), instance(uri)];
    const org = newOrg();
    const write = async (by: Storage, reader: Storage) => {
      for (let turn = 0; turn < 8; turn += 1) {
        const { ids, stored: at, lastSeq } = await stored(by, org, statements(2));
        expect(await reader.statements.get(org, ids[0] ?? '')).toMatchObject({ stored: at });
        expect((await reader.statements.head()).seq).toBeGreaterThanOrEqual(lastSeq);
        expect(await reader.statements.mark()).toBeGreaterThan(at);
      }
    };
    await Promise.all([write(one, two), write(two, one)]);
    const instants = (await allOf(one, org, asking())).map((each) => each.stored);
    expect(instants).toHaveLength(32);
    expect(instants).toEqual(instants.toSorted((a, b) => a - b));
  });

  it('are finished by another where one has accepted and left them, before anything later is shown', async () => {
    const uri = database();
    const org = newOrg();
    const storage = instance(uri);
    const { lastSeq } = await stored(storage, org, statements(1));
    const [left, later] = [statements(3), statements(1)];
    await accept(uri, entry(org, left));
    await stored(storage, org, later);
    expect(await fedAfter(storage, lastSeq)).toEqual(idsOf([...left, ...later]));
  });

  it('are not doubled where they were written in part', async () => {
    const uri = database();
    const org = newOrg();
    const left = statements(4);
    const batch = await accept(uri, entry(org, left));
    const context = await parts(uri);
    await insertNew(context.model(STATEMENTS), batch.entries.flatMap(recordsOf).slice(1, 3));
    const storage = instance(uri);
    const { ids } = await stored(storage, org, statements(1));
    expect(await fedAfter(storage, 0)).toEqual([...idsOf(left), ...ids]);
    expect(await storage.statements.append(org, anyWriter, left)).toMatchObject({ kind: 'known' });
  });

  it('are refused under an id that is taken, as by the one who accepted and left them', async () => {
    const uri = database();
    const org = newOrg();
    const storage = instance(uri);
    const known = statement();
    await stored(storage, org, [known]);
    const fresh = statements(2);
    await accept(uri, entry(org, [...fresh, known]), entry(org, fresh.slice(0, 1)));
    const { ids } = await stored(storage, org, statements(1));
    expect(idsOf(await allOf(storage, org, asking()))).toEqual([known.id, fresh[0]?.id, ...ids]);
  });

  it('are neither shown nor promised beyond what is still being written', async () => {
    const uri = database();
    const org = newOrg();
    const [reader, patient] = [instance(uri, NEVER), instance(uri, NEVER)];
    const { lastSeq, stored: at } = await stored(reader, org, statements(1));
    const open = await accept(uri, entry(org, statements(2)));
    const mine = statement();
    const waiting = stored(patient, org, [mine]);
    const seen = async () => ({
      head: await reader.statements.head(),
      fed: await fedAfter(reader, lastSeq),
      queried: (await allOf(reader, org, asking())).length,
      got: await reader.statements.get(org, mine.id),
    });
    for (let looks = 0; looks < 10; looks += 1) {
      expect(await seen()).toEqual({ head: { seq: lastSeq, stored: at }, fed: [], queried: 1, got: null });
      expect(await reader.statements.mark()).toBe(open.stored);
    }
    // A third one, with less patience.
    await instance(uri).ready();
    const { ids } = await waiting;
    expect((await fedAfter(reader, lastSeq)).at(-1)).toBe(ids[0]);
    expect(await allOf(reader, org, asking())).toHaveLength(4);
  });

  it('are stored at or after any mark, which goes on when nothing is stored', async () => {
    const uri = database();
    const org = newOrg();
    let now = Date.now();
    const clocked = async (clock: () => number) =>
      openStatements({ ...(await parts(uri)), clock }, NEVER).statements;
    const [right, slow] = [await clocked(() => now), await clocked(() => now - 60_000)];
    for (let turn = 0; turn < 3; turn += 1) {
      const before = await right.mark();
      now += 5_000;
      const mark = await right.mark();
      expect(mark).toBeGreaterThan(before + 3_900);
      const result = await slow.append(org, anyWriter, statements(1));
      expect(result).toMatchObject({ kind: 'stored' });
      expect((await right.head()).stored).toBeGreaterThanOrEqual(mark);
    }
    expect(await right.feed(0, 10)).toHaveLength(3);
  });

  it('are finished by another also where they are too long for one record', async () => {
    const uri = database();
    const org = newOrg();
    const long = Array.from({ length: 3 }, () =>
      statement({ text: JSON.stringify({ long: 'é😀'.repeat(500_000) }) }),
    );
    await accept(uri, entry(org, long));
    const storage = instance(uri);
    await stored(storage, org, statements(1));
    const kept = await storage.statements.get(org, long[1]?.id ?? '');
    expect(kept?.text.startsWith(long[1]?.text.slice(0, -1) ?? '?')).toBe(true);
  });

  it('keep their positions and their head when batches done long ago are forgotten', async () => {
    const uri = database();
    const org = newOrg();
    let passed = 0;
    const later = async () => ({ ...(await parts(uri)), elapsed: () => passed });
    const [busy, idle] = [openStatements(await later(), NEVER), openStatements(await later(), NEVER)];
    const append = (by: typeof busy) => by.statements.append(org, anyWriter, statements(1));
    await append(idle);
    for (let turn = 0; turn < 10; turn += 1) await append(busy);
    const { model } = await parts(uri);
    const count = () => model(BATCHES).countDocuments();
    await busy.sweeper.sweep();
    expect(await count()).toBe(11);
    for (let turn = 0; turn < 3; turn += 1) {
      passed += KNOWN_FOR + 1;
      await busy.sweeper.sweep();
    }
    expect(await count()).toBe(1);
    expect((await idle.statements.head()).seq).toBe(11);
    expect(await append(idle)).toMatchObject({ kind: 'stored', lastSeq: 12 });
    expect(await append(busy)).toMatchObject({ kind: 'stored', lastSeq: 13 });
    expect(await idle.statements.feed(0, 100)).toHaveLength(13);
  });

  it('leave no bytes behind that were sent with some that were never accepted, after a day', async () => {
    const uri = database();
    const org = newOrg();
    const storage = instance(uri);
    const given = statement();
    const attachment = {
      sha2: 'aa',
      length: 2,
      bytes: Buffer.from('ok'),
      usedBy: [{ statementId: given.id, contentType: 'text/plain' }],
    };
    await storage.statements.append(org, anyWriter, [given], [attachment]);
    const context = await parts(uri);
    await createUploads(context).write([{ ...attachment, sha2: 'bb' }]);
    await sweepLeft(context);
    expect(await context.model(UPLOAD_PARTS).countDocuments()).toBe(2);
    await sweepLeft({ ...context, clock: () => Date.now() + 86_500_000 });
    expect(await context.model(UPLOAD_PARTS).countDocuments()).toBe(1);
    for await (const chunk of storage.attachments.read(org, 'aa'))
      expect(Buffer.from(chunk).toString()).toBe('ok');
  });

  it('are voided whichever instance brings them and whichever the void, at the same time', async () => {
    const uri = database();
    const [one, two] = [instance(uri), instance(uri)];
    const org = newOrg();
    const pairs = Array.from({ length: 10 }, () => {
      const target = statement();
      return { target, voider: statement({ voids: target.id }) };
    });
    await Promise.all(
      pairs.flatMap(({ target, voider }, index) => [
        stored(index % 2 ? one : two, org, [target]),
        stored(index % 2 ? two : one, org, [voider]),
      ]),
    );
    const { voided } = await one.facts.facts(org, 'spoc', 1, 0);
    for (const { target, voider } of pairs) {
      const { stored: at } = (await two.statements.get(org, voider.id)) ?? { stored: 0 };
      expect((await one.statements.get(org, target.id))?.voidedAt).toBe(at);
      expect(voided).toContainEqual({ statementId: target.id, voidedAt: at });
    }
    expect(idsOf(await allOf(one, org, asking())).toSorted()).toEqual(
      pairs.map(({ voider }) => voider.id).toSorted(),
    );
  });

  it('define an activity as it was said last, by whichever', async () => {
    const uri = database();
    const [one, two] = [instance(uri), instance(uri)];
    const org = newOrg();
    for (const [storage, type] of [
      [one, 'urn:1'],
      [two, 'urn:2'],
      [one, 'urn:1'],
    ] as const) {
      const definitions = [{ id: 'urn:a', definition: JSON.stringify({ type }) }];
      await stored(storage, org, [statement({ definitions })], writer('key', true));
    }
    expect(await two.profiles.definitions(org, ['urn:a'])).toEqual([
      { id: 'urn:a', definition: '{"type":"urn:1"}' },
    ]);
  });

  it('have their facts kept once both have told them, in pages that do not grow many', async () => {
    const uri = database();
    const [one, two] = [instance(uri), instance(uri)];
    const org = newOrg();
    const owner = { org, cohortId: 'spoc', version: 1 };
    const line = (seq: number) => JSON.stringify({ seq });
    for (let seq = 1; seq <= 120; seq += 1)
      await Promise.all(
        [one, two].map((storage) =>
          storage.facts.advance(
            [{ ...owner, seqs: [seq], text: line(seq) }],
            [{ ...owner, from: seq - 1, seq }],
          ),
        ),
      );
    const { texts, reached } = await two.facts.facts(org, 'spoc', 1, 0);
    expect(reached).toBe(120);
    const lines = texts.flatMap((text) => text.split('\n'));
    expect([...new Set(lines)]).toEqual(Array.from({ length: 120 }, (_, index) => line(index + 1)));
    expect(texts.length).toBeLessThan(60);
  });

  it('stand again when what voids them is erased', async () => {
    const uri = database();
    const [one, two] = [instance(uri), instance(uri)];
    const org = newOrg();
    const ana = 'mbox|mailto:ana@exemple.fr';
    const target = statement();
    await stored(one, org, [target]);
    const { lastSeq } = await stored(two, org, [statement({ voids: target.id, agents: direct(ana) })]);
    expect((await one.statements.get(org, target.id))?.voidedAt).not.toBeNull();
    await one.erasures.statements(org, { removed: [lastSeq], rewritten: [], actors: [ana] });
    expect((await two.statements.get(org, target.id))?.voidedAt).toBeNull();
    expect(await two.check.faults()).toEqual([]);
  });
});
