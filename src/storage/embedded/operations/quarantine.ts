import { z } from 'zod';
import type {
  NewQuarantined,
  QuarantinedStatement,
  QuarantineEntry,
  QuarantineFilter,
  Resolution,
} from '../../ports/quarantine-store.ts';
import type { Row } from '../connection.ts';
import { read, write } from '../operation.ts';

const COLUMNS =
  'org, id, key_id, received_at, last_received_at, times, version, code, problems, resolved_at, resolution';
const rowSchema = z.object({
  version: z.enum(['1.0.3', '2.0.0']),
  code: z.enum(['invalid-statement', 'conflict']),
  resolution: z.enum(['replayed', 'discarded']).nullable(),
});
const problemsSchema = z.array(z.object({ path: z.string(), message: z.string() }));

export function toEntry(row: Row): QuarantineEntry {
  return {
    org: String(row.org),
    id: String(row.id),
    keyId: String(row.key_id),
    receivedAt: Number(row.received_at),
    lastReceivedAt: Number(row.last_received_at),
    times: Number(row.times),
    problems: problemsSchema.parse(JSON.parse(String(row.problems))),
    resolvedAt: row.resolved_at === null ? null : Number(row.resolved_at),
    ...rowSchema.parse(row),
  };
}

export const quarantineOperations = {
  'quarantine.put': write(({ db }, entries: readonly NewQuarantined[]): null => {
    for (const entry of entries)
      db.run(
        'INSERT INTO quarantine (org, id, key_id, received_at, last_received_at, times, version, code, problems, ' +
          'text) VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?) ON CONFLICT (org, id) DO UPDATE SET times = times + 1, ' +
          'last_received_at = max(last_received_at, excluded.last_received_at), version = excluded.version, ' +
          'code = excluded.code, problems = excluded.problems',
        entry.org,
        entry.id,
        entry.keyId,
        entry.receivedAt,
        entry.receivedAt,
        entry.version,
        entry.code,
        JSON.stringify(entry.problems),
        entry.text,
      );
    return null;
  }),
  'quarantine.list': read(
    (
      { db },
      { org, filter }: { readonly org: string; readonly filter: QuarantineFilter },
    ): readonly QuarantineEntry[] => {
      const state = { open: 'AND resolved_at IS NULL ', resolved: 'AND resolved_at IS NOT NULL ', all: '' };
      return db
        .all(
          `SELECT ${COLUMNS} FROM quarantine WHERE org = ? AND (received_at, id) > (?, ?) ` +
            `${state[filter.state]}AND key_id = coalesce(?, key_id) ORDER BY received_at, id LIMIT ?`,
          org,
          filter.after?.receivedAt ?? Number.MIN_SAFE_INTEGER,
          filter.after?.id ?? '',
          filter.keyId ?? null,
          filter.limit,
        )
        .map(toEntry);
    },
  ),
  'quarantine.get': read(
    ({ db }, { org, id }: { readonly org: string; readonly id: string }): QuarantinedStatement | null => {
      const row = db.get(`SELECT ${COLUMNS}, text FROM quarantine WHERE org = ? AND id = ?`, org, id);
      return row ? { ...toEntry(row), text: String(row.text) } : null;
    },
  ),
  'quarantine.resolve': write(
    (
      { db },
      input: {
        readonly org: string;
        readonly id: string;
        readonly resolution: Resolution;
        readonly at: number;
      },
    ): boolean => {
      db.run(
        'UPDATE quarantine SET resolution = ?, resolved_at = ? ' +
          "WHERE org = ? AND id = ? AND coalesce(resolution, '') <> 'replayed'",
        input.resolution,
        input.at,
        input.org,
        input.id,
      );
      return db.get('SELECT 1 FROM quarantine WHERE org = ? AND id = ?', input.org, input.id) !== undefined;
    },
  ),
};
