import { z } from 'zod';
import { AssiduError, type Problem } from '../../src/base/errors.ts';
import type { StatementQuery } from '../../src/storage/ports/statement-store.ts';
import type { StatementFormat } from '../statement/format.ts';
import { actorKey } from '../statement/ifi.ts';
import { instantOf } from '../statement/schema/instant.ts';
import { isUuid } from '../statement/schema/uuid.ts';
import type { XapiVersion } from '../statement/types.ts';
import { validateStatement } from '../statement/validate.ts';

/** Statements a page holds at most. */
const MAX_PAGE = 500;
/** Statements of a page when no limit is asked for (limit=0). */
const DEFAULT_PAGE = 100;

const uuid = z.string().refine(isUuid, 'must be a UUID');
const flag = z.enum(['true', 'false'], 'must be true or false').transform((text) => text === 'true');
const iri = z.string().regex(/^[a-zA-Z][a-zA-Z0-9+.-]*:\S+$/, 'must be an absolute IRI');

const single = {
  format: z.enum(['ids', 'exact', 'canonical'], 'must be ids, exact or canonical').optional(),
  attachments: flag.optional(),
};

const parameters = z.strictObject({
  ...single,
  statementId: uuid.optional(),
  voidedStatementId: uuid.optional(),
  agent: z.string().optional(),
  verb: iri.optional(),
  activity: iri.optional(),
  registration: uuid.optional(),
  related_activities: flag.optional(),
  related_agents: flag.optional(),
  since: z.string().optional(),
  until: z.string().optional(),
  limit: z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number, 0 or more')
    .optional(),
  ascending: flag.optional(),
  cursor: z.string().optional(),
});

/** GET /statements, understood (xAPI 1.0.3 Communication 2.1.3). */
export type StatementRequest =
  | ({ readonly kind: 'one'; readonly id: string; readonly voided: boolean } & Presentation)
  | ({ readonly kind: 'many'; readonly query: StatementQuery } & Presentation);

/** How statements are answered. */
export interface Presentation {
  readonly format: StatementFormat;
  /** Together with what is attached to them. */
  readonly attachments: boolean;
}

/** The parameters as sent -> what is asked for. Throws `invalid-request` naming each parameter at fault. */
export function parseStatementParameters(
  sent: Readonly<Record<string, unknown>>,
  version: XapiVersion,
): StatementRequest {
  const parsed = parameters.safeParse(sent);
  if (!parsed.success)
    throw faulty(
      parsed.error.issues.flatMap((issue): Problem[] =>
        issue.code === 'unrecognized_keys'
          ? issue.keys.map((key) => ({ path: key, message: 'is not a parameter of this resource' }))
          : [{ path: issue.path.join('.'), message: issue.message }],
      ),
    );
  const { statementId, voidedStatementId, format = 'exact', attachments = false, ...filters } = parsed.data;
  const id = statementId ?? voidedStatementId;
  if (id !== undefined) {
    const others = Object.keys(filters).filter((key) => Reflect.get(filters, key) !== undefined);
    if (statementId !== undefined && voidedStatementId !== undefined) others.push('voidedStatementId');
    if (others.length > 0)
      throw faulty(others.map((path) => ({ path, message: 'cannot be used together with a statement id' })));
    return {
      kind: 'one',
      id: id.toLowerCase(),
      voided: voidedStatementId !== undefined,
      format,
      attachments,
    };
  }
  return {
    kind: 'many',
    format,
    attachments,
    query: {
      agent: filters.agent === undefined ? undefined : agentKey(filters.agent, version),
      relatedAgents: filters.related_agents ?? false,
      verb: filters.verb,
      activity: filters.activity,
      relatedActivities: filters.related_activities ?? false,
      registration: filters.registration?.toLowerCase(),
      since: instant('since', filters.since, version),
      until: instant('until', filters.until, version),
      ascending: filters.ascending ?? false,
      limit: pageSize(filters.limit),
      after: filters.cursor === undefined ? undefined : readCursor(filters.cursor),
    },
  };
}

/** The cursor of a position in the order of commits; opaque to clients. */
export function writeCursor(position: number): string {
  return Buffer.from(`s${position}`).toString('base64url');
}

function readCursor(cursor: string): number {
  const [, position] = /^s(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (position === undefined) throw faulty([{ path: 'cursor', message: 'is not one that this LRS gave' }]);
  return Number(position);
}

function pageSize(limit: string | undefined): number {
  const asked = Number(limit ?? 0);
  return asked === 0 ? DEFAULT_PAGE : Math.min(asked, MAX_PAGE);
}

function instant(path: string, text: string | undefined, version: XapiVersion): number | undefined {
  if (text === undefined) return undefined;
  const known = instantOf(text, version);
  if (known === null) throw faulty([{ path, message: 'must be a timestamp (ISO 8601)' }]);
  return known;
}

/** The identifier of the `agent` parameter: an agent or identified group as JSON, held to the rules of an actor. */
function agentKey(text: string, version: XapiVersion): string {
  let agent: unknown;
  try {
    agent = JSON.parse(text);
  } catch {
    throw faulty([{ path: 'agent', message: 'must be an agent as JSON' }]);
  }
  const checked = validateStatement(
    { actor: agent, verb: { id: 'urn:assidu:any' }, object: { id: 'urn:assidu:any' } },
    version,
  );
  if (!checked.ok)
    throw faulty(
      checked.problems.map(({ path, message }) => ({ path: path.replace(/^actor/, 'agent'), message })),
    );
  const key = actorKey(checked.statement.actor);
  if (key === null) throw faulty([{ path: 'agent', message: 'must have an inverse functional identifier' }]);
  return key;
}

function faulty(problems: readonly Problem[]): AssiduError {
  const [first] = problems;
  return new AssiduError('invalid-request', `${first?.path}: ${first?.message}`, { problems });
}
