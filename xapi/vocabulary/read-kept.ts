import type { StoredStatement } from '../../src/storage/ports/statement-store.ts';
import type { Statement } from '../statement/types.ts';
import { OWN_WRITER } from './entry.ts';
import type { LearningEvent } from './event.ts';
import { readStatement } from './read-statement.ts';

/** A kept statement -> event; it was validated when it was accepted. Null when it can be nobody's progress. */
export function readKept(kept: StoredStatement): LearningEvent | null {
  const statement: Statement = JSON.parse(kept.text);
  return readStatement({
    id: kept.id,
    statement,
    timestamp: kept.timestamp,
    stored: kept.stored,
    standings: kept.writer.standings,
    own: kept.writer.keyId === OWN_WRITER,
  });
}
