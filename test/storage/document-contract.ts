import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  DocumentContext,
  DocumentKey,
  SaidDefinition,
  SaidName,
  Storage,
  StoredDocument,
} from '../../src/storage/ports/index.ts';
import { newOrg, type Opened, statement, stored, twentyTimes, writer } from './contract/subject.ts';

const AT = Date.UTC(2026, 0, 5);
const BYTES = Uint8Array.from([0, 255, 128, 10]);

function keyOf(given: Partial<DocumentKey> = {}): DocumentKey {
  return {
    org: newOrg(),
    kind: 'state',
    activity: 'https://activities.example/1',
    agent: 'mbox|mailto:anna@example.org',
    registration: '',
    id: 'bookmark',
    ...given,
  };
}

function documentOf(given: Partial<StoredDocument> = {}): StoredDocument {
  return { contentType: 'image/png', content: BYTES, etag: '"1"', updatedAt: AT, ...given };
}

function scopeOf({ org, kind, activity, agent }: DocumentContext, registration: string | null = null) {
  return { org, kind, activity, agent, registration };
}

/** What every adapter promises of documents and of what it knows of activities and agents. */
export function describeDocumentContract(name: string, open: () => Promise<Opened>): void {
  describe(`documents and profiles, kept by ${name}`, () => {
    let opened: Opened | undefined;
    const storage = (): Storage => {
      if (!opened) throw new Error('the storage is not open yet');
      return opened.storage;
    };
    const documents = () => storage().documents;
    const profiles = () => storage().profiles;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened?.destroy());

    describe('a document', () => {
      it('is read byte for byte as it was written, with its type, tag and instant', async () => {
        const key = keyOf();
        expect(await documents().get(key)).toBeNull();
        for (const content of [BYTES, new Uint8Array(0), Buffer.from('é'), Buffer.alloc(300_000, 7)]) {
          const document = documentOf({ content, contentType: 'text/plain; charset=x' });
          await documents().write(key, document, 'anything');
          const kept = await documents().get(key);
          expect(Buffer.compare(kept?.content ?? BYTES, content)).toBe(0);
          expect(kept).toMatchObject({ contentType: 'text/plain; charset=x', etag: '"1"' });
          await documents().remove(key, 'anything');
        }
        await documents().write(key, documentOf(), 'absent');
        expect((await documents().get(key))?.updatedAt).toBe(AT);
      });

      it('is told apart by every part of its key', async () => {
        const key = keyOf();
        await documents().write(key, documentOf(), 'anything');
        const others: readonly Partial<DocumentKey>[] = [
          { org: newOrg() },
          { kind: 'activity-profile' },
          { activity: 'https://activities.example/2' },
          { agent: 'mbox|mailto:ben@example.org' },
          { registration: '6f7f1b3e-6d3f-4b5e-9e3a-0a4b8f3a2c11' },
          { id: 'Bookmark' },
        ];
        for (const other of others) expect(await documents().get({ ...key, ...other })).toBeNull();
      });

      it('is written and removed only over what was expected', async () => {
        const key = keyOf();
        const first = documentOf({ etag: '"1"' });
        const second = documentOf({ etag: '"2"' });
        expect(await documents().write(key, first, { etag: '"1"' })).toBe('changed');
        expect(await documents().write(key, first, 'absent')).toBe('written');
        expect(await documents().write(key, second, 'absent')).toBe('changed');
        expect(await documents().write(key, second, { etag: '"2"' })).toBe('changed');
        expect(await documents().write(key, second, { etag: '"1"' })).toBe('written');
        expect(await documents().remove(key, { etag: '"1"' })).toBe('changed');
        expect((await documents().get(key))?.etag).toBe('"2"');
        expect(await documents().remove(key, { etag: '"2"' })).toBe('removed');
        expect(await documents().remove(key, { etag: '"2"' })).toBe('changed');
        expect(await documents().remove(key, 'anything')).toBe('removed');
        expect(await documents().get(key)).toBeNull();
      });

      it('is made by one of many who expect none', async () => {
        const key = keyOf();
        const results = await twentyTimes((turn) =>
          documents().write(key, documentOf({ etag: `"${turn}"` }), 'absent'),
        );
        expect(results.filter((result) => result === 'written')).toHaveLength(1);
      });

      it('grows younger with every change, even under a clock that stands or goes back', async () => {
        const key = keyOf();
        const instants: number[] = [];
        for (const updatedAt of [AT, AT, AT - 1000]) {
          await documents().write(key, documentOf({ updatedAt }), 'anything');
          instants.push((await documents().get(key))?.updatedAt ?? 0);
        }
        expect(instants).toEqual([AT, AT + 1, AT + 2]);
      });
    });

    describe('documents of a context', () => {
      const [one, other] = ['6f7f1b3e-6d3f-4b5e-9e3a-0a4b8f3a2c11', '6f7f1b3e-6d3f-4b5e-9e3a-0a4b8f3a2c12'];
      const fill = async (): Promise<DocumentKey> => {
        const key = keyOf({ id: 'b' });
        await documents().write(key, documentOf({ updatedAt: AT }), 'anything');
        await documents().write(
          { ...key, id: 'a', registration: one },
          documentOf({ updatedAt: AT + 10 }),
          'anything',
        );
        await documents().write(
          { ...key, id: 'a', registration: other },
          documentOf({ updatedAt: AT + 20 }),
          'anything',
        );
        await documents().write({ ...key, kind: 'agent-profile', id: 'c' }, documentOf(), 'anything');
        await documents().write({ ...key, org: newOrg(), id: 'd' }, documentOf(), 'anything');
        return key;
      };

      it('are listed by one registration, by none, or by any, each id once', async () => {
        const key = await fill();
        expect(await documents().list(scopeOf(key, ''), null)).toEqual([{ id: 'b', updatedAt: AT }]);
        expect(await documents().list(scopeOf(key, one), null)).toEqual([{ id: 'a', updatedAt: AT + 10 }]);
        expect(await documents().list(scopeOf(key), null)).toEqual([
          { id: 'a', updatedAt: AT + 20 },
          { id: 'b', updatedAt: AT },
        ]);
        expect(await documents().list(scopeOf(keyOf()), null)).toEqual([]);
      });

      it('are listed by their ids, whatever characters these have', async () => {
        const key = keyOf();
        const ids = ['a', 'a"b', 'a\0', 'a\0b', 'é', '😀'];
        for (const id of ids) await documents().write({ ...key, id }, documentOf(), 'anything');
        const listed = (await documents().list(scopeOf(key), null)).map(({ id }) => id);
        expect(new Set(listed)).toEqual(new Set(ids));
      });

      it('are listed when they changed strictly after an instant', async () => {
        const key = await fill();
        expect((await documents().list(scopeOf(key), AT - 1)).map(({ id }) => id)).toEqual(['a', 'b']);
        expect((await documents().list(scopeOf(key), AT)).map(({ id }) => id)).toEqual(['a']);
        expect(await documents().list(scopeOf(key, one), AT + 10)).toEqual([]);
      });

      it('are removed by one registration or by any, and nothing else is', async () => {
        const key = await fill();
        await documents().removeAll(scopeOf(key, one));
        expect((await documents().list(scopeOf(key), null)).map(({ id }) => id)).toEqual(['a', 'b']);
        await documents().removeAll(scopeOf(key));
        expect(await documents().list(scopeOf(key), null)).toEqual([]);
        expect(await documents().list({ ...scopeOf(key), kind: 'agent-profile' }, null)).toHaveLength(1);
      });
    });

    describe('what statements say', () => {
      const say = (
        org: string,
        said: { definitions?: readonly SaidDefinition[]; names?: readonly SaidName[] },
        defines = true,
      ) => stored(storage(), org, [statement(said)], { ...writer('key'), defines });
      const defined = (definition: object, id = 'urn:a'): SaidDefinition => ({
        id,
        definition: JSON.stringify(definition),
      });
      const known = async (org: string, id = 'urn:a') =>
        (await profiles().definitions(org, [id])).map(({ definition }) => JSON.parse(definition))[0];

      it('becomes the definition of an activity, in its organisation', async () => {
        const org = newOrg();
        await say(org, {
          definitions: [defined({ name: { en: 'A' } }), defined({ type: 'urn:t' }, 'urn:b')],
        });
        expect(await profiles().definitions(org, ['urn:b', 'urn:unknown', 'urn:a'])).toEqual([
          { id: 'urn:b', definition: '{"type":"urn:t"}' },
          { id: 'urn:a', definition: '{"name":{"en":"A"}}' },
        ]);
        expect(await profiles().definitions(newOrg(), ['urn:a'])).toEqual([]);
      });

      it('grows by language, and gives way to what is said later, however often it was said before', async () => {
        const org = newOrg();
        const french = defined({ name: { fr: 'Un' }, type: 'urn:one' });
        const english = defined({ name: { en: 'One' }, type: 'urn:two' });
        for (const said of [french, french, english, english, french])
          await say(org, { definitions: [said] });
        expect(await known(org)).toEqual({ name: { fr: 'Un', en: 'One' }, type: 'urn:one' });
        await say(org, { definitions: [english] });
        expect(await known(org)).toMatchObject({ type: 'urn:two' });
      });

      it('counts only where its writer may define', async () => {
        const org = newOrg();
        await say(org, { definitions: [defined({ type: 'urn:mine' })] }, false);
        expect(await known(org)).toBeUndefined();
        await stored(storage(), org, [statement({ definitions: [defined({ type: 'urn:all' })] })], {
          ...writer('key', true),
        });
        expect(await known(org)).toEqual({ type: 'urn:all' });
      });

      it('leaves no trace of a batch that was refused', async () => {
        const org = newOrg();
        const kept = statement();
        await stored(storage(), org, [kept]);
        const said = {
          definitions: [defined({ type: 'urn:t' })],
          names: [{ actor: 'mbox|mailto:a@b.org', name: 'A' }],
        };
        const refused = await storage().statements.append(org, { ...writer('key'), defines: true }, [
          statement(said),
          statement({ id: kept.id }),
        ]);
        expect(refused.kind).toBe('known');
        expect(await known(org)).toBeUndefined();
        expect(await profiles().names(org, 'mbox|mailto:a@b.org')).toEqual([]);
        await say(org, said);
        expect(await known(org)).toEqual({ type: 'urn:t' });
      });

      it('gives agents their names, each once', async () => {
        const org = newOrg();
        const called = (...names: readonly string[]) =>
          names.map((name) => ({ actor: 'openid|urn:x', name }));
        await say(org, { names: called('Zoé', 'Anna') }, false);
        await say(org, { names: [...called('Anna'), { actor: 'openid|urn:y', name: 'Ben' }] });
        expect(await profiles().names(org, 'openid|urn:x')).toEqual(['Anna', 'Zoé']);
        await say(org, { names: called('A\u0000nna') });
        expect(await profiles().names(org, 'openid|urn:x')).toContain('A\u0000nna');
        expect(await profiles().names(newOrg(), 'openid|urn:x')).toEqual([]);
      });
    });
  });
}
