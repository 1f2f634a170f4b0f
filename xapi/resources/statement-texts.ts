import type { Request } from 'express';
import type { ProfileStore } from '../../src/storage/ports/profile-store.ts';
import type { StoredStatement } from '../../src/storage/ports/statement-store.ts';
import { formatStatement, type KnownDefinitions, type StatementFormat } from '../statement/format.ts';
import { mentionedActivities } from '../statement/mentions.ts';
import { timestampsInUtc } from '../statement/timestamps-in-utc.ts';
import type { Statement } from '../statement/types.ts';
import { xapiRequest } from './request.ts';

/**
 * The JSON texts of statements in a format (xAPI 1.0.3 Communication 2.1.3): the kept text itself where nothing is left
 * out of it; for `canonical`, the definitions that the LRS has of all their activities are asked for once. To who speaks 2.0
 * timestamps are told in UTC (IEEE 9274.1.1 4.2.7); to others as they were sent.
 */
export async function statementTexts(
  profiles: Pick<ProfileStore, 'definitions'>,
  request: Request,
  kept: readonly StoredStatement[],
  format: StatementFormat,
): Promise<readonly string[]> {
  const texts = await formatted(profiles, request, kept, format);
  return xapiRequest(request).version === '1.0.3' ? texts : texts.map(timestampsInUtc);
}

async function formatted(
  profiles: Pick<ProfileStore, 'definitions'>,
  request: Request,
  kept: readonly StoredStatement[],
  format: StatementFormat,
): Promise<readonly string[]> {
  if (format === 'exact') return kept.map(({ text }) => text);
  const statements: readonly Statement[] = kept.map(({ text }) => JSON.parse(text));
  const { org } = xapiRequest(request).key;
  const known = format === 'canonical' ? await definitionsOf(profiles, org, statements) : new Map();
  const language = request.get('Accept-Language');
  return statements.map((each) => JSON.stringify(formatStatement(each, format, language, known)));
}

async function definitionsOf(
  profiles: Pick<ProfileStore, 'definitions'>,
  org: string,
  statements: readonly Statement[],
): Promise<KnownDefinitions> {
  const ids = new Set(statements.flatMap(mentionedActivities).map(({ id }) => id));
  const found = await profiles.definitions(org, [...ids]);
  return new Map(found.map(({ id, definition }) => [id, JSON.parse(definition)]));
}
