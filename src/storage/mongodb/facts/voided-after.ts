import type { Model } from 'mongoose';
import type { VoidedStatement } from '../../ports/fact-store.ts';
import type { ReferenceFields } from '../statements/references-collection.ts';

/** Statements of the organisation that were voided, or became known, after a position; each with its first void of these. */
export async function voidedAfter(
  references: Model<ReferenceFields>,
  org: string,
  after: number,
): Promise<readonly VoidedStatement[]> {
  const voids = await references
    .find({ org, voidedFrom: { $gt: after } }, { to: 1, stored: 1 })
    .lean<{ readonly to: string; readonly stored: number }[]>();
  const first = new Map<string, number>();
  for (const { to, stored } of voids) first.set(to, Math.min(first.get(to) ?? stored, stored));
  return [...first].map(([statementId, voidedAt]) => ({ statementId, voidedAt }));
}
