import type { IncomingMessage } from 'node:http';
import type { Answer } from '../../src/base/answer.ts';
import { type Consistency, THROUGH_HEADER } from './consistent-through.ts';
import { FOR_ANY_ORIGIN } from './cors.ts';
import { DEFAULT_VERSION, type Identify, VERSION_HEADER } from './identify.ts';
import { readWhole } from './read-whole.ts';
import { utf8Text } from './request.ts';
import { bytesOf } from './statement-body.ts';
import { postStatements, STATEMENTS_PATH, type StoreStatementsDeps } from './store-statements.ts';

/**
 * POST of statements as plain JSON, straight from node:http: the one request that comes more often than all others
 * together (decision 015).
 */
export interface QuickPost {
  /** Whether a request is the plain case; whatever else there may be in it is Express's. */
  takes(request: IncomingMessage): boolean;
  /** The answer to a request that it takes. Never rejects, unless `problemOf` throws. */
  answer(request: IncomingMessage, surroundings: Surroundings): Promise<Answer>;
}

/** What the product around the LRS knows. */
export interface Surroundings {
  /** The path that it is published under. */
  readonly published: string;
  /** What is answered to anything thrown, in the form that an Accept header wants. */
  readonly problemOf: (thrown: unknown, accept: string | undefined) => Answer;
}

export interface QuickPostDeps extends StoreStatementsDeps {
  readonly identify: Identify;
  readonly consistency: Pick<Consistency, 'lately'>;
  /** Largest request body, such as `10mb`. */
  readonly maxBody: string;
}

/** JSON as nearly everybody names it. */
const PLAIN = /^application\/json(; ?charset=utf-8)?$/i;
const dropNothing = async () => undefined;

export function createQuickPost(deps: QuickPostDeps): QuickPost {
  const { identify, consistency } = deps;
  const most = bytesOf(deps.maxBody);
  const post = postStatements(deps);
  return {
    takes: ({ method, url, headers }) => {
      if (url !== STATEMENTS_PATH || method !== 'POST') return false;
      const length = headers['content-length'];
      return (
        length !== undefined &&
        Number(length) <= most &&
        PLAIN.test(headers['content-type'] ?? '') &&
        headers['content-encoding'] === undefined &&
        headers['transfer-encoding'] === undefined &&
        headers.expect === undefined
      );
    },
    answer: async (request, { published, problemOf }) => {
      let version = DEFAULT_VERSION;
      const speak = (asked: typeof version) => {
        version = asked;
      };
      const through = await consistency.lately();
      const answered = async () => {
        const asked = await identify(request.headers, speak);
        const body = await readWhole(request);
        return post(asked, {}, published, () => ({ text: utf8Text(body), parts: [], drop: dropNothing }));
      };
      const { status, headers, body } = await answered().catch((thrown: unknown) =>
        problemOf(thrown, request.headers.accept),
      );
      const consistent = through === null ? [] : [THROUGH_HEADER, through];
      return {
        status,
        headers: [VERSION_HEADER, version, ...FOR_ANY_ORIGIN, ...consistent, ...headers],
        body,
      };
    },
  };
}
