import { createHash } from 'node:crypto';
import { openMongo } from '../../src/storage/mongodb/open-mongodb.ts';
import { anyWriter, direct, statement } from './contract/subject.ts';

/**
 * Appends batches of three to the store of `uri` until it is killed, each with an attachment and a definition; prints the
 * number of each one that was acknowledged, on a line with its ids.
 */
const [uri = '', org = '', name = ''] = process.argv.slice(2);
const storage = openMongo({ uri, lease: 500 });
for (let turn = 0; ; turn += 1) {
  const mark = `${name}/${turn}`;
  const batch = Array.from({ length: 3 }, () =>
    statement({
      agents: direct(`mbox|mailto:${name}@example.org`),
      activities: direct(`urn:${mark}`),
      definitions: [{ id: 'urn:a', definition: JSON.stringify({ name: { en: mark } }) }],
    }),
  );
  const bytes = Buffer.from(mark);
  const sha2 = createHash('sha256').update(bytes).digest('hex');
  const usedBy = batch.slice(0, 1).map(({ id }) => ({ statementId: id, contentType: 'text/plain' }));
  const writer = { ...anyWriter, defines: true };
  const attachments = [{ sha2, length: bytes.length, bytes, usedBy }];
  const result = await storage.statements.append(org, writer, batch, attachments);
  if (result.kind !== 'stored') throw new Error('new statements are not known');
  process.stdout.write(`${mark} ${batch.map(({ id }) => id).join(' ')}\n`);
}
