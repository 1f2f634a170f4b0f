import type { StoredStatement } from '../../ports/statement-store.ts';
import type { StatementFields } from './statements-collection.ts';

/** Fields that `toStored` needs. */
export const STORED_FIELDS = [
  'org',
  'id',
  'seq',
  'text',
  'stored',
  'timestamp',
  'keyId',
  'standings',
  'voidsAny',
  'voidedAt',
] as const;

export type StoredFields = Pick<StatementFields, (typeof STORED_FIELDS)[number]>;

export function toStored(fields: StoredFields): StoredStatement {
  const { seq, id, org, text, stored, timestamp, keyId, standings, voidsAny, voidedAt } = fields;
  const writer = { keyId, standings, voidsAny };
  return { seq, id, org, text, stored, timestamp, writer, voidedAt: voidedAt ?? null };
}
