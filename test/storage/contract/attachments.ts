import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { NewAttachment } from '../../../src/storage/ports/index.ts';
import { anyWriter, newOrg, type Subject, statement } from './subject.ts';

const SHA = 'a'.repeat(64);
const LARGE = 2.5 * 1024 * 1024;

/** Attached data (xAPI 1.0.3 Data 2.4.11). */
export function describeAttachments(storage: Subject): void {
  const attachment = (bytes: Uint8Array, statementIds: readonly string[], sha2 = SHA): NewAttachment => ({
    sha2,
    length: bytes.length,
    bytes,
    usedBy: statementIds.map((statementId) => ({ statementId, contentType: 'text/plain; charset=utf-8' })),
  });
  const bytesOf = async (org: string, sha2 = SHA): Promise<Buffer> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of storage().attachments.read(org, sha2)) {
      expect(chunk.length).toBeLessThanOrEqual(1024 * 1024);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  };

  describe('attachments', () => {
    it('are kept with the statement that they were sent with, byte for byte', async () => {
      for (const length of [0, 1, LARGE]) {
        const org = newOrg();
        const given = statement();
        const bytes = Buffer.alloc(length, 'é\u0000ÿ', 'latin1');
        await storage().statements.append(org, anyWriter, [given], [attachment(bytes, [given.id])]);
        expect(await storage().attachments.sentWith(org, [given.id])).toEqual([
          { sha2: SHA, contentType: 'text/plain; charset=utf-8' },
        ]);
        expect((await bytesOf(org)).equals(bytes)).toBe(true);
      }
    });

    it('are read from an open file as well as from memory', async () => {
      const org = newOrg();
      const given = statement();
      const folder = mkdtempSync(join(tmpdir(), 'assidu-attachment-'));
      const bytes = Buffer.from(Array.from({ length: LARGE }, (_, index) => index % 251));
      writeFileSync(join(folder, 'spooled'), bytes);
      const fd = openSync(join(folder, 'spooled'), 'r');
      const spooled = { ...attachment(bytes, [given.id]), bytes: { fd } };
      await storage().statements.append(org, anyWriter, [given], [spooled]);
      closeSync(fd);
      rmSync(folder, { recursive: true });
      expect((await bytesOf(org)).equals(bytes)).toBe(true);
    });

    it('are named once for several statements, in the order of the ids', async () => {
      const org = newOrg();
      const [first, second, third] = [statement(), statement(), statement()];
      const other = 'b'.repeat(64);
      await storage().statements.append(
        org,
        anyWriter,
        [first, second, third],
        [
          attachment(Buffer.from('1'), [first.id, third.id]),
          attachment(Buffer.from('2'), [second.id], other),
        ],
      );
      const sent = async (...ids: readonly string[]) =>
        (await storage().attachments.sentWith(org, ids)).map(({ sha2 }) => sha2);
      expect(await sent(third.id, second.id, first.id)).toEqual([SHA, other]);
      expect(await sent(second.id, first.id)).toEqual([other, SHA]);
      expect(await sent(statement().id)).toEqual([]);
      expect(await sent()).toEqual([]);
    });

    it('are kept once for later statements that send them again', async () => {
      const org = newOrg();
      const [first, second] = [statement(), statement()];
      for (const { id } of [first, second])
        await storage().statements.append(
          org,
          anyWriter,
          [statement({ id })],
          [attachment(Buffer.from('1'), [id])],
        );
      expect(await storage().attachments.sentWith(org, [second.id])).toHaveLength(1);
      expect((await bytesOf(org)).toString()).toBe('1');
    });

    it('are kept when they come later than their statement', async () => {
      const org = newOrg();
      const known = statement();
      await storage().statements.append(org, anyWriter, [known]);
      await storage().statements.append(org, anyWriter, [], [attachment(Buffer.from('1'), [known.id])]);
      expect(await storage().attachments.sentWith(org, [known.id])).toHaveLength(1);
      expect((await bytesOf(org)).toString()).toBe('1');
    });

    it('are not kept with a refused batch', async () => {
      const org = newOrg();
      const [known, fresh] = [statement(), statement()];
      await storage().statements.append(org, anyWriter, [known]);
      const refused = await storage().statements.append(
        org,
        anyWriter,
        [fresh, known],
        [attachment(Buffer.from('1'), [fresh.id])],
      );
      expect(refused.kind).toBe('known');
      expect(await storage().attachments.sentWith(org, [fresh.id])).toEqual([]);
      await expect(bytesOf(org)).rejects.toMatchObject({ code: 'not-found' });
    });

    it('stay with their organisation', async () => {
      const [one, other] = [newOrg(), newOrg()];
      const given = statement();
      await storage().statements.append(one, anyWriter, [given], [attachment(Buffer.from('1'), [given.id])]);
      await storage().statements.append(other, anyWriter, [given]);
      expect(await storage().attachments.sentWith(other, [given.id])).toEqual([]);
      await expect(bytesOf(other)).rejects.toMatchObject({ code: 'not-found' });
    });
  });
}
