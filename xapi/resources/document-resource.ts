import { type Request, type RequestHandler, type Response, Router, raw } from 'express';
import { AssiduError } from '../../src/base/errors.ts';
import type { DocumentKey, DocumentScope, DocumentStore } from '../../src/storage/ports/document-store.ts';
import type { KeyScope } from '../../src/storage/ports/key-store.ts';
import { checkDocuments } from '../bound-key.ts';
import { requireScope } from '../credentials.ts';
import { createDocumentChanges, type UncheckedPut } from '../documents/change-document.ts';
import { etagOf } from '../documents/etag.ts';
import { type Content, checkJson } from '../documents/merge.ts';
import { isConditional, readPrecondition } from '../documents/precondition.ts';
import { faulty } from '../faulty.ts';
import type { XapiVersion } from '../statement/types.ts';
import { sendJson, xapiRequest } from './request.ts';

export interface DocumentResourceDeps {
  readonly documents: DocumentStore;
  /** ms since the epoch. */
  readonly clock: () => number;
  /** Largest request body, such as `10mb`. */
  readonly maxBody: string;
}

/** What the parameters of a request name. */
export interface DocumentParameters {
  readonly context: Omit<DocumentScope, 'org'>;
  readonly id: string | undefined;
  /** ms since the epoch. */
  readonly since: number | undefined;
}

/** What sets the three document resources apart. */
export interface DocumentRules {
  /** The scope of keys, beside `all`, that reads and writes. */
  readonly scope: KeyScope;
  readonly idParameter: 'stateId' | 'profileId';
  /** Whether DELETE without an id removes all documents of the context. */
  readonly removesMany: boolean;
  uncheckedPut(version: XapiVersion): UncheckedPut;
  /** The parameters, each in its form. Throws `invalid-request`. */
  read(query: unknown, version: XapiVersion): DocumentParameters;
}

/** 1.0.3 asks every PUT of a profile for a precondition, IEEE 9274.1.1 only those of one that exists. */
export function profilePut(version: XapiVersion): UncheckedPut {
  return version === '1.0.3' ? 'refused' : 'creates';
}

/** State, activity profile and agent profile (xAPI 1.0.3 Communication 2.2, 3.1): PUT, POST, GET, HEAD and DELETE. */
export function documentResource(
  { documents, clock, maxBody }: DocumentResourceDeps,
  rules: DocumentRules,
): Router {
  const { scope } = rules;
  const changes = createDocumentChanges(documents, clock);
  const body = raw({ type: () => true, limit: maxBody });
  const router = Router();

  const allow =
    (...scopes: readonly KeyScope[]): RequestHandler =>
    (request, _response, next) => {
      requireScope(xapiRequest(request).key, ...scopes);
      next();
    };

  const put: RequestHandler = async (request, response) => {
    const sent = contentOf(request);
    const unchecked = rules.uncheckedPut(xapiRequest(request).version);
    await changes.put(oneOf(rules, request), sent, preconditionOf(request), unchecked);
    response.status(204).end();
  };

  const post: RequestHandler = async (request, response) => {
    await changes.post(oneOf(rules, request), contentOf(request), preconditionOf(request));
    response.status(204).end();
  };

  const get: RequestHandler = async (request, response) => {
    const { all, one, since } = targetOf(rules, request);
    if (one === null) {
      const found = await documents.list(all, since);
      const text = JSON.stringify(found.map(({ id }) => id));
      describe(response, etagOf(text), Math.max(0, ...found.map(({ updatedAt }) => updatedAt)));
      sendJson(response, text);
      return;
    }
    const document = await documents.get(one);
    if (!document) throw new AssiduError('not-found', `there is no document ${one.id}`);
    describe(response, document.etag, document.updatedAt);
    // Set as it was sent (Express would add a charset), and harmless should a browser show it.
    response.setHeader('Content-Type', document.contentType);
    response.set('Content-Security-Policy', "default-src 'none'; sandbox");
    response.send(Buffer.from(document.content));
  };

  const remove: RequestHandler = async (request, response) => {
    const condition = preconditionOf(request);
    if (!rules.removesMany) await changes.remove(oneOf(rules, request), condition);
    else {
      const { all, one } = targetOf(rules, request);
      if (one !== null) await changes.remove(one, condition);
      else if (isConditional(condition)) throw faulty('If-Match', 'is of one document: name its id');
      else await documents.removeAll(all);
    }
    response.status(204).end();
  };

  router
    .route('/')
    .put(allow('all', scope), body, put)
    .post(allow('all', scope), body, post)
    .get(allow('all', 'all/read', scope), get)
    .delete(allow('all', scope), remove);
  return router;
}

/** The documents that a request is about, and the one of them that it names, if it does. */
function targetOf(
  { idParameter, read }: DocumentRules,
  request: Request,
): { readonly all: DocumentScope; readonly one: DocumentKey | null; readonly since: number | null } {
  const { key, version } = xapiRequest(request);
  const { context, id, since } = read(request.query, version);
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (since !== undefined && (id !== undefined || !reads))
    throw faulty('since', `is a parameter of GET without ${idParameter} only`);
  checkDocuments(key, reads ? 'read' : 'write', context, id ?? null);
  const all = { org: key.org, ...context };
  const one = id === undefined ? null : { ...all, registration: context.registration ?? '', id };
  return { all, one, since: since ?? null };
}

/** The one document that a request must name. */
function oneOf(rules: DocumentRules, request: Request): DocumentKey {
  const { one } = targetOf(rules, request);
  if (one === null) throw faulty(rules.idParameter, 'is needed');
  return one;
}

/** What was sent. The content of an alternate request is text, JSON unless it says otherwise. */
function contentOf(request: Request): Content {
  const type = request.get('Content-Type');
  const body: unknown = request.body;
  const sent =
    typeof body === 'string'
      ? { contentType: type ?? 'application/json', content: Buffer.from(body) }
      : {
          contentType: type ?? 'application/octet-stream',
          content: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
        };
  checkJson(sent);
  return sent;
}

function preconditionOf(request: Request) {
  return readPrecondition(request.get('If-Match'), request.get('If-None-Match'));
}

/** Last-Modified is left out of an empty list (`updatedAt` 0). */
function describe(response: Response, etag: string, updatedAt: number): void {
  response.set('ETag', etag);
  if (updatedAt > 0) response.set('Last-Modified', new Date(updatedAt).toUTCString());
}
