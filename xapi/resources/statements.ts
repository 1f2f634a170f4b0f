import { type Request, type RequestHandler, type Response, Router, text } from 'express';
import { AssiduError } from '../../src/base/errors.ts';
import type {
  StatementQuery,
  StatementStore,
  StoredStatement,
} from '../../src/storage/ports/statement-store.ts';
import { hasScope, requireScope } from '../credentials.ts';
import type { Intake, Sender } from '../intake.ts';
import { formatStatement, type StatementFormat } from '../statement/format.ts';
import { jsonText, sendJson, type XapiRequest, xapiRequest } from './request.ts';
import { parseStatementParameters, writeCursor } from './statement-parameters.ts';

export interface StatementResourceDeps {
  readonly statements: StatementStore;
  readonly intake: Intake;
  /** Largest request body, such as `10mb`. */
  readonly maxBody: string;
}

/** The statement resource (xAPI 1.0.3 Communication 2.1): PUT, POST, GET and HEAD. */
export function statementResource({ statements, intake, maxBody }: StatementResourceDeps): Router {
  const body = text({ type: ['application/json', 'application/*+json'], limit: maxBody });
  const router = Router();

  const put: RequestHandler = async (request, response) => {
    const sender = senderOf(xapiRequest(request));
    const id = request.query.statementId;
    const extra = Object.keys(request.query).find((name) => name !== 'statementId');
    if (typeof id !== 'string' || !/^[0-9a-f-]{36}$/i.test(id))
      throw faulty('statementId', 'must be one UUID');
    if (extra !== undefined) throw faulty(extra, 'is not a parameter of PUT statements');
    const sent = jsonText(request);
    if (sent.trimStart().startsWith('[')) throw faulty('', 'PUT takes one statement, not an array');
    await intake.accept(sender, sent, xapiRequest(request).version, id);
    response.status(204).end();
  };

  const post: RequestHandler = async (request, response) => {
    const sender = senderOf(xapiRequest(request));
    const [extra] = Object.keys(request.query);
    if (extra !== undefined) throw faulty(extra, 'is not a parameter of POST statements');
    response.json(await intake.accept(sender, jsonText(request), xapiRequest(request).version));
  };

  const one = async (
    request: Request,
    response: Response,
    id: string,
    voided: boolean,
    format: StatementFormat,
  ) => {
    const { key } = xapiRequest(request);
    const found = await statements.get(key.org, id);
    if (!found || (found.voidedAt !== null) !== voided || !mayRead(xapiRequest(request), found))
      throw new AssiduError('not-found', `no ${voided ? 'voided ' : ''}statement ${id}`);
    response.set('Last-Modified', new Date(found.stored).toUTCString());
    sendJson(response, textIn(found, format, request));
  };

  const many = async (
    request: Request,
    response: Response,
    query: StatementQuery,
    format: StatementFormat,
  ) => {
    const { key } = xapiRequest(request);
    const mine = hasScope(key, 'all', 'all/read', 'statements/read')
      ? query
      : { ...query, writtenBy: key.id };
    const page = await statements.query(key.org, mine);
    const more = page.next === null ? '' : moreUrl(request, page.next);
    const newest = page.statements.reduce((latest, each) => Math.max(latest, each.stored), 0);
    if (newest > 0) response.set('Last-Modified', new Date(newest).toUTCString());
    sendJson(
      response,
      `{"statements":[${page.statements.map((each) => textIn(each, format, request)).join(',')}],"more":${JSON.stringify(more)}}`,
    );
  };

  const get: RequestHandler = async (request, response) => {
    requireScope(xapiRequest(request).key, 'all', 'all/read', 'statements/read', 'statements/read/mine');
    const { version } = xapiRequest(request);
    // Taken before the read: what the answer holds is at least as new.
    response.set(
      'X-Experience-API-Consistent-Through',
      new Date((await statements.head()).stored).toISOString(),
    );
    const asked = parseStatementParameters(request.query, version);
    if (asked.kind === 'one') await one(request, response, asked.id, asked.voided, asked.format);
    else await many(request, response, asked.query, asked.format);
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
    writer: { keyId: key.id, standings: hasScope(key, 'cohorts'), voidsAny: hasScope(key, 'all') },
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

function faulty(path: string, message: string): AssiduError {
  return new AssiduError('invalid-request', `${path === '' ? '' : `${path}: `}${message}`, {
    problems: [{ path, message }],
  });
}
