import { type Request, type RequestHandler, type Response, Router } from 'express';
import { AssiduError } from '../../src/base/errors.ts';
import type { AttachmentStore } from '../../src/storage/ports/attachment-store.ts';
import type { ProfileStore } from '../../src/storage/ports/profile-store.ts';
import type {
  StatementQuery,
  StatementStore,
  StoredStatement,
} from '../../src/storage/ports/statement-store.ts';
import { readsOthers, requireScope } from '../credentials.ts';
import type { MultipartLimits } from '../multipart/multipart-reader.ts';
import { type Consistency, THROUGH_HEADER } from './consistent-through.ts';
import type { XapiRequest } from './identify.ts';
import { jsonBody, sendJson, xapiRequest } from './request.ts';
import { sendWithAttachments } from './send-statements.ts';
import { multipartLimits } from './statement-body.ts';
import { type Presentation, parseStatementParameters, writeCursor } from './statement-parameters.ts';
import { statementTexts } from './statement-texts.ts';
import { type StoreStatementsDeps, storeStatements } from './store-statements.ts';

export interface StatementResourceDeps extends StoreStatementsDeps {
  readonly statements: StatementStore;
  readonly attachments: AttachmentStore;
  readonly profiles: ProfileStore;
  readonly consistency: Consistency;
  /** Largest request body, such as `10mb`. */
  readonly maxBody: string;
  /** Largest attachment, such as `100mb`. */
  readonly maxAttachment: string;
  /** Other bounds on attachments than the usual ones (`multipartLimits`). */
  readonly bounds?: Partial<MultipartLimits>;
}

/** The statement resource (xAPI 1.0.3 Communication 2.1): PUT, POST, GET and HEAD. */
export function statementResource(deps: StatementResourceDeps): Router {
  const { statements, attachments, profiles, consistency, maxBody, maxAttachment, bounds } = deps;
  const body = jsonBody(maxBody);
  const limits = { ...multipartLimits(maxBody, maxAttachment), ...bounds };
  const router = Router();

  const { put, post } = storeStatements(deps, limits);

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
    const [text = ''] = await statementTexts(profiles, request, [found], how.format);
    await send(request, response, text, [found], how);
  };

  const many = async (request: Request, response: Response, query: StatementQuery, how: Presentation) => {
    const { key } = xapiRequest(request);
    const mine = readsOthers(key) ? query : { ...query, writtenBy: key.id };
    const page = await statements.query(key.org, mine);
    const more = page.next === null ? '' : moreUrl(request, page.next);
    const newest = page.statements.reduce((latest, each) => Math.max(latest, each.stored), 0);
    if (newest > 0) response.set('Last-Modified', new Date(newest).toUTCString());
    const texts = await statementTexts(profiles, request, page.statements, how.format);
    const json = `{"statements":[${texts.join(',')}],"more":${JSON.stringify(more)}}`;
    await send(request, response, json, page.statements, how);
  };

  const get: RequestHandler = async (request, response) => {
    const { key, version } = xapiRequest(request);
    requireScope(key, 'all', 'all/read', 'statements/read', 'statements/read/mine');
    // Taken before the read: what the answer holds is at least as new.
    response.set(THROUGH_HEADER, await consistency.now());
    const asked = parseStatementParameters(request.query, version);
    if (asked.kind === 'one') await one(request, response, asked.id, asked.voided, asked);
    else await many(request, response, asked.query, asked);
  };

  router.route('/').put(body, put).post(body, post).get(get);
  return router;
}

function mayRead({ key }: XapiRequest, statement: StoredStatement): boolean {
  return readsOthers(key) || statement.writer.keyId === key.id;
}

/** The same query further on, relative to the host (1.0.3 Communication 2.1.3, `more`). */
function moreUrl(request: Request, position: number): string {
  const url = new URL(request.originalUrl, 'http://host');
  url.searchParams.set('cursor', writeCursor(position));
  return `${url.pathname}${url.search}`;
}
