import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '../../src/storage/embedded/open-embedded.ts';
import type { Opened } from './contract/subject.ts';
import { describeStorageContract } from './contract.ts';

async function openIn(mode: 'inline' | 'threads'): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'assidu-storage-'));
  let open = openEmbedded({ folder, mode });
  return {
    storage: open,
    reopen: async () => {
      await open.close();
      open = openEmbedded({ folder, mode });
      return open;
    },
    bytes: () => Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name)))),
    destroy: async () => {
      await open.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

describeStorageContract('the embedded store in one thread', () => openIn('inline'));
describeStorageContract('the embedded store in threads', () => openIn('threads'));
