import { sha2Like } from '../../xapi/multipart/sha2.ts';
import type { StoreFault } from '../storage/ports/check.ts';
import type { Storage } from '../storage/ports/index.ts';

const PAGE = 500;

/** Looks whether the store is whole: its pages and indexes, and every attachment of the organisation by its digest. */
export async function verifyStore(
  { check, attachments }: Pick<Storage, 'check' | 'attachments'>,
  org: string,
): Promise<readonly StoreFault[]> {
  const faults: StoreFault[] = [...(await check.faults())];
  for (let after = ''; ; ) {
    const page = await check.attachments(org, after, PAGE);
    for (const { sha2, length } of page) {
      const fault = await faultOf(attachments.read(org, sha2), sha2, length);
      if (fault !== null) faults.push({ of: `attachment ${sha2}`, fault });
    }
    const last = page.at(-1);
    if (last === undefined) return faults;
    after = last.sha2;
  }
}

async function faultOf(
  bytes: AsyncIterable<Uint8Array>,
  sha2: string,
  length: number,
): Promise<string | null> {
  const hash = sha2Like(sha2);
  if (hash === null) return 'is called after no digest';
  let read = 0;
  try {
    for await (const chunk of bytes) {
      hash.update(chunk);
      read += chunk.length;
    }
  } catch {
    return 'its bytes are not there';
  }
  if (read !== length) return `has ${read} bytes instead of ${length}`;
  return hash.digest('hex') === sha2.toLowerCase() ? null : 'its bytes have another digest';
}
