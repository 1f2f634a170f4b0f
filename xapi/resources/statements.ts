import { type Request, type RequestHandler, type Response, Router } from 'express';
import { AssiduError } from '../../src/base/errors.ts';
import type { AttachmentStore } from '../../src/storage/ports/attachment-store.ts';
import type {
  StatementQuery,
  StatementStore,
  StoredStatement,
} from '../../src/storage/ports/statement-store.ts';
import { hasScope, requireScope } from '../credentials.ts';
import type { Intake, Sender } from '../intake.ts';
import type { MultipartLimits } from '../multipart/multipart-reader.ts';
import { formatStatement, type StatementFormat } from '../statement/format.ts';
import { isUuid } from '../statement/schema/uuid.ts';
import { consistentThrough } from './consistent-through.ts';
import { faulty, jsonBody, sendJson, type XapiRequest, xapiRequest } from './request.ts';
import { sendWithAttachments } from './send-statements.ts';
import { multipartLimits, readStatementBody } from './statement-body.ts';
import { type Presentation, parseStatementParameters, writeCursor } from './statement-parameters.ts';

export interface StatementResourceDeps {
  readonly statements: StatementStore;
  readonly attachments: AttachmentStore;
  readonly intake: Intake;
  /** Largest request body, such as `10mb`. */
  readonly maxBody: string;
  /** Other bounds on attachments than the usual ones (`multipartLimits`). */
  readonly bounds?: Partial<MultipartLimits>;
}

/** The statement resource (xAPI 1.0.3 Communication 2.1): PUT, POST, GET and HEAD. */
export function statementResource(deps: StatementResourceDeps): Router {
  const { statements, attachments, intake, maxBody, bounds } = deps;
  const body = jsonBody(maxBody);
  const limits = { ...multipartLimits(maxBody), ...bounds };
  const router = Router();

  const put: RequestHandler = async (request, response) => {
    const sender = senderOf(xapiRequest(request));
    const id = request.query.statementId;
    const extra = Object.keys(request.query).find((name) => name !== 'statementId');
    if (typeof id !== 'string' || !isUuid(id)) throw faulty('statementId', 'must be one UUID');
    if (extra !== undefined) throw faulty(extra, 'is not a parameter of PUT statements');
    const sent = await readStatementBody(request, limits);
    try {
      if (sent.text.trimStart().startsWith('[')) throw faulty('', 'PUT takes one statement, not an array');
      await intake.accept(sender, sent.text, xapiRequest(request).version, id, sent.parts);
    } finally {
      await sent.drop();
    }
    response.status(204).end();
  };

  const post: RequestHandler = async (request, response) => {
    const sender = senderOf(xapiRequest(request));
    const [extra] = Object.keys(request.query);
    if (extra !== undefined) throw faulty(extra, 'is not a parameter of POST statements');
    const sent = await readStatementBody(request, limits);
    try {
      response.json(
        await intake.accept(sender, sent.text, xapiRequest(request).version, undefined, sent.parts),
      );
    } finally {
      await sent.drop();
    }
  };

  const send = async (
    request: Request,
    response: Response,
    json: string,
    sent: readonly StoredStatement[],
    { attachments: wanted }: Presentation,
  ) => {
    if (!wanted) return sendJson(response, json);
    const { org } = xapiRequest(request).key;
    const statementIds = sent.map(({ id }) => id);
    await sendWithAttachments(request, response, json, { attachments, org, statementIds });
  };

  const one = async (
    request: Request,
    response: Response,
    id: string,
    voided: boolean,
    how: Presentation,
  ) => {
    const { key } = xapiRequest(request);
    const found = await statements.get(key.org, id);
    if (!found || (found.voidedAt !== null) !== voided || !mayRead(xapiRequest(request), found))
      throw new AssiduError('not-found', `no ${voided ? 'voided ' : ''}statement ${id}`);
    response.set('Last-Modified', new Date(found.stored).toUTCString());
    await send(request, response, textIn(found, how.format, request), [found], how);
  };

  const many = async (request: Request, response: Response, query: StatementQuery, how: Presentation) => {
    const { key } = xapiRequest(request);
    const mine = hasScope(key, 'all', 'all/read', 'statements/read')
      ? query
      : { ...query, writtenBy: key.id };
    const page = await statements.query(key.org, mine);
    const more = page.next === null ? '' : moreUrl(request, page.next);
    const newest = page.statements.reduce((latest, each) => Math.max(latest, each.stored), 0);
    if (newest > 0) response.set('Last-Modified', new Date(newest).toUTCString());
    const texts = page.statements.map((each) => textIn(each, how.format, request));
    const json = `{"statements":[${texts.join(',')}],"more":${JSON.stringify(more)}}`;
    await send(request, response, json, page.statements, how);
  };

  const get: RequestHandler = async (request, response) => {
    const { key, version } = xapiRequest(request);
    requireScope(key, 'all', 'all/read', 'statements/read', 'statements/read/mine');
    // Taken before the read: what the answer holds is at least as new.
    const through = await consistentThrough(statements, key.org);
    response.set('X-Experience-API-Consistent-Through', new Date(through).toISOString());
    const asked = parseStatementParameters(request.query, version);
    if (asked.kind === 'one') await one(request, response, asked.id, asked.voided, asked);
    else await many(request, response, asked.query, asked);
  };

  router.route('/').put(body, put).post(body, post).get(get);
  return router;
}

/** What this key's statements will carry. Throws `forbidden` without a scope to write. */
function senderOf({ key, authority }: XapiRequest): Sender {
  requireScope(key, 'all', 'statements/write');
  return {
    org: key.org,
    authority,
    writer: {
      keyId: key.id,
      standings: hasScope(key, 'cohorts'),
      voidsAny: hasScope(key, 'all'),
      defines: hasScope(key, 'all', 'define'),
    },
  };
}

function mayRead({ key }: XapiRequest, statement: StoredStatement): boolean {
  return hasScope(key, 'all', 'all/read', 'statements/read') || statement.writer.keyId === key.id;
}

/** The kept text itself when nothing is left out of it. */
function textIn(statement: StoredStatement, format: StatementFormat, request: Request): string {
  if (format === 'exact') return statement.text;
  return JSON.stringify(formatStatement(JSON.parse(statement.text), format, request.get('Accept-Language')));
}

/** The same query further on, relative to the host (1.0.3 Communication 2.1.3, `more`). */
function moreUrl(request: Request, position: number): string {
  const url = new URL(request.originalUrl, 'http://host');
  url.searchParams.set('cursor', writeCursor(position));
  return `${url.pathname}${url.search}`;
}
