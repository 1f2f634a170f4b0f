import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../src/storage/embedded/open-embedded.ts';
import { newOrg, type Opened, statement, stored, writer } from './contract/subject.ts';
import { describeDocumentContract } from './document-contract.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'assidu-documents-'));
  folders.push(folder);
  return folder;
}

async function openIn(mode: 'inline' | 'threads'): Promise<Opened> {
  const folder = newFolder();
  let open = openEmbedded({ folder, mode });
  return {
    storage: open,
    reopen: async () => {
      await open.close();
      open = openEmbedded({ folder, mode });
      return open;
    },
    destroy: () => open.close(),
  };
}

describeDocumentContract('the embedded store in one thread', () => openIn('inline'));
describeDocumentContract('the embedded store in threads', () => openIn('threads'));

describe('two stores over one database', () => {
  it('see what the other said last of an activity', async () => {
    const folder = newFolder();
    const [one, two] = [openEmbedded({ folder, mode: 'inline' }), openEmbedded({ folder, mode: 'inline' })];
    const org = newOrg();
    const says = (type: string) => [
      statement({ definitions: [{ id: 'urn:a', definition: JSON.stringify({ type }) }] }),
    ];
    try {
      for (const [storage, type] of [
        [one, 'urn:1'],
        [two, 'urn:2'],
        [one, 'urn:1'],
      ] as const)
        await stored(storage, org, says(type), writer('key', true));
      expect(await two.profiles.definitions(org, ['urn:a'])).toEqual([
        { id: 'urn:a', definition: '{"type":"urn:1"}' },
      ]);
    } finally {
      await one.close();
      await two.close();
    }
  });
});
