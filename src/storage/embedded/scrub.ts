import { setTimeout as pause } from 'node:timers/promises';
import { AssiduError } from '../../base/errors.ts';
import { openConnection } from './connection.ts';

/** How often the log is tried to be emptied while others read, and how long to wait in between, in ms. */
const TRIES = 100;
const RETRY_AFTER = 100;

/**
 * Writes the database anew without what deletions left in its pages, and empties the write-ahead log. Others may read
 * meanwhile; who writes waits. Throws `storage` when somebody reads so long that the log cannot be emptied.
 */
export async function scrub(file: string): Promise<void> {
  const connection = openConnection(file, 'write');
  try {
    // The copy may be larger than the memory there is.
    connection.exec('PRAGMA temp_store = FILE');
    connection.exec('VACUUM');
    for (let tries = 0; tries < TRIES; tries += 1) {
      const busy = connection.get('PRAGMA wal_checkpoint(TRUNCATE)')?.busy;
      if (busy === 0) return;
      await pause(RETRY_AFTER);
    }
    throw new AssiduError('storage', 'the write-ahead log is in use: finish by erase --resume');
  } catch (error) {
    if (error instanceof AssiduError) throw error;
    throw new AssiduError('storage', 'what was erased is still in the files: finish by erase --resume', {
      cause: error,
    });
  } finally {
    connection.close();
  }
}
