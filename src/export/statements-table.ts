import { z } from 'zod';
import { actorKey } from '../../xapi/statement/ifi.ts';
import type { StatementQuery, StatementStore, StoredStatement } from '../storage/ports/statement-store.ts';
import type { Cell, Column, ExportTable } from './table.ts';

/** Which statements are exported; absent: all that stand. As in GET /statements (xAPI 1.0.3 Communication 2.1.3). */
export type StatementFilter = Pick<StatementQuery, 'agent' | 'verb' | 'activity' | 'since' | 'until'> & {
  /** Whether agent and activity count wherever a statement names them. */
  readonly related: boolean;
};

/** Statements read at a time. */
const PAGE = 500;

const text = z.string().nullable().catch(null);
const number = z.number().nullable().catch(null);
const truth = z.boolean().nullable().catch(null);
const account = z.object({ homePage: z.string(), name: z.string() }).optional().catch(undefined);
const agent = z
  .object({
    name: text,
    mbox: z.string().optional().catch(undefined),
    mbox_sha1sum: z.string().optional().catch(undefined),
    openid: z.string().optional().catch(undefined),
    account,
  })
  .nullable()
  .catch(null);
const activities = z
  .array(z.object({ id: z.string() }))
  .catch([])
  .transform((list) => list.map(({ id }) => id).join(' '));
const statementSchema = z.object({
  id: text,
  stored: text,
  timestamp: text,
  actor: agent,
  verb: z.object({ id: text }).nullable().catch(null),
  object: z.object({ objectType: text, id: text }).nullable().catch(null),
  result: z
    .object({
      score: z.object({ scaled: number, raw: number, min: number, max: number }).nullable().catch(null),
      success: truth,
      completion: truth,
      duration: text,
    })
    .nullable()
    .catch(null),
  context: z
    .object({
      registration: text,
      platform: text,
      language: text,
      contextActivities: z.object({ parent: activities, grouping: activities }).nullable().catch(null),
    })
    .nullable()
    .catch(null),
});
type Read = z.infer<typeof statementSchema>;

interface StatementRow {
  readonly text: string;
  /** Parsed when a column asks for it. */
  readonly read: () => Read;
}

const column = (
  name: string,
  type: Column<StatementRow>['type'],
  of: (read: Read) => Cell,
): Column<StatementRow> => ({ name, type, of: (row) => of(row.read()) });

const COLUMNS: readonly Column<StatementRow>[] = [
  column('id', 'text', ({ id }) => id),
  column('timestamp', 'instant', ({ timestamp }) => utc(timestamp)),
  column('stored', 'instant', ({ stored }) => stored),
  column('actor', 'text', ({ actor }) => keyOf(actor)),
  column('actorName', 'text', ({ actor }) => actor?.name ?? null),
  column('verb', 'text', ({ verb }) => verb?.id ?? null),
  column('objectType', 'text', ({ object }) => object?.objectType ?? 'Activity'),
  column('object', 'text', ({ object }) => object?.id ?? null),
  column('registration', 'text', ({ context }) => context?.registration ?? null),
  column('scoreScaled', 'number', ({ result }) => result?.score?.scaled ?? null),
  column('scoreRaw', 'number', ({ result }) => result?.score?.raw ?? null),
  column('scoreMin', 'number', ({ result }) => result?.score?.min ?? null),
  column('scoreMax', 'number', ({ result }) => result?.score?.max ?? null),
  column('success', 'boolean', ({ result }) => result?.success ?? null),
  column('completion', 'boolean', ({ result }) => result?.completion ?? null),
  column('duration', 'text', ({ result }) => result?.duration ?? null),
  column('parents', 'text', ({ context }) => context?.contextActivities?.parent ?? null),
  column('groupings', 'text', ({ context }) => context?.contextActivities?.grouping ?? null),
  column('platform', 'text', ({ context }) => context?.platform ?? null),
  column('language', 'text', ({ context }) => context?.language ?? null),
  { name: 'statement', type: 'text', of: (row) => row.text, long: true },
];

/** Statements that stand, in the order in which they were stored; as lines, byte for byte as they are kept. */
export function statementsTable(
  statements: Pick<StatementStore, 'query'>,
  org: string,
  filter: StatementFilter,
): ExportTable<StatementRow> {
  return { columns: COLUMNS, rows: rowsOf(statements, org, filter), line: (row) => oneLine(row.text) };
}

async function* rowsOf(
  statements: Pick<StatementStore, 'query'>,
  org: string,
  { related, ...filter }: StatementFilter,
): AsyncIterable<StatementRow> {
  for (let after: number | undefined; ; ) {
    const query: StatementQuery = {
      ...filter,
      relatedAgents: related,
      relatedActivities: related,
      ascending: true,
      limit: PAGE,
      after,
    };
    const page = await statements.query(org, query);
    yield* page.statements.map(rowOf);
    if (page.next === null) return;
    after = page.next;
  }
}

function rowOf({ text }: StoredStatement): StatementRow {
  let read: Read | null = null;
  return {
    text,
    read: () => {
      read ??= statementSchema.parse(JSON.parse(text));
      return read;
    },
  };
}

/** Line ends between members, where a statement came with some, are no part of its strings: there they are escaped. */
function oneLine(text: string): string {
  return text.includes('\n') || text.includes('\r') ? text.replaceAll(/[\r\n]/g, ' ') : text;
}

function keyOf(actor: Read['actor']): string | null {
  if (actor === null) return null;
  const { name: _, ...ids } = actor;
  const given = Object.entries(ids).filter(([, value]) => value !== undefined);
  return actorKey(Object.fromEntries(given));
}

/** The same instant in UTC; a text that is no instant of JavaScript's (a leap second) as it is. */
function utc(timestamp: string | null): string | null {
  if (timestamp === null) return null;
  const at = new Date(timestamp);
  return Number.isNaN(at.getTime()) ? timestamp : at.toISOString();
}
