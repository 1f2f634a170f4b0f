import type { RequestHandler } from 'express';
import { type Answer, jsonAnswer, sendAnswer } from '../../src/base/answer.ts';
import { ON_INVALID, type OnInvalid } from '../../src/storage/ports/key-store.ts';
import type { StatementStore } from '../../src/storage/ports/statement-store.ts';
import { requireScope } from '../credentials.ts';
import { faulty } from '../faulty.ts';
import { checkVoids } from '../foreign-voids.ts';
import type { Intake } from '../intake.ts';
import type { KeyLimiter } from '../key-limits.ts';
import type { LenientIntake } from '../lenient-intake.ts';
import type { MultipartLimits } from '../multipart/multipart-reader.ts';
import type { ReceivedBody } from '../multipart/receive.ts';
import { type Sender, senderOfKey } from '../sender.ts';
import { isBatch } from '../statement/raw-json.ts';
import { isUuid } from '../statement/schema/uuid.ts';
import type { XapiRequest } from './identify.ts';
import { xapiRequest } from './request.ts';
import { readStatementBody } from './statement-body.ts';

export interface StoreStatementsDeps {
  readonly intake: Intake;
  readonly lenientIntake: LenientIntake;
  readonly statements: Pick<StatementStore, 'get'>;
  readonly limiter: Pick<KeyLimiter, 'takeStatements'>;
}

/** Where statements are kept and asked for, within this product. */
export const STATEMENTS_PATH = '/xapi/statements';

/** The parameter of POST that says what becomes of statements that are not valid; ours, hence the prefix. */
const PARAMETER = 'assidu:onInvalid';

/** POST statements (xAPI 1.0.3 Communication 2.1.2), whoever has the request. */
export type PostStatements = (
  asked: XapiRequest,
  /** The parameters of the request. */
  query: Readonly<Record<string, unknown>>,
  /** The path this product is published under. */
  published: string,
  /** Asked for the body when the sender may write at all. */
  read: () => ReceivedBody | Promise<ReceivedBody>,
) => Promise<Answer>;

export function postStatements(deps: StoreStatementsDeps): PostStatements {
  const { intake, lenientIntake } = deps;
  return async (asked, query, published, read) => {
    const { key, version } = asked;
    const sender = senderOf(asked, deps);
    const extra = Object.keys(query).find((name) => name !== PARAMETER);
    if (extra !== undefined) throw faulty(extra, 'is not a parameter of POST statements');
    const onInvalid = onInvalidOf(query[PARAMETER]) ?? key.onInvalid;
    const { text, parts, drop } = await read();
    try {
      if (onInvalid === 'refuse')
        return jsonAnswer(JSON.stringify(await intake.accept(sender, text, version, undefined, parts)));
      const { ids, quarantined } = await lenientIntake.accept(sender, text, version, parts);
      const link = `<${published}/api/v1/quarantine>; rel="urn:assidu:rel:quarantine"`;
      const found = quarantined > 0 ? ['X-Assidu-Quarantined', String(quarantined), 'Link', link] : [];
      return jsonAnswer(JSON.stringify(ids), found);
    } finally {
      await drop();
    }
  };
}

/** PUT and POST statements (xAPI 1.0.3 Communication 2.1.1, 2.1.2). */
export function storeStatements(
  deps: StoreStatementsDeps,
  limits: MultipartLimits,
): { readonly put: RequestHandler; readonly post: RequestHandler } {
  const { intake } = deps;
  const store = postStatements(deps);
  return {
    put: async (request, response) => {
      const sender = senderOf(xapiRequest(request), deps);
      const id = request.query.statementId;
      const extra = Object.keys(request.query).find((name) => name !== 'statementId');
      if (typeof id !== 'string' || !isUuid(id)) throw faulty('statementId', 'must be one UUID');
      if (extra !== undefined) throw faulty(extra, 'is not a parameter of PUT statements');
      const sent = await readStatementBody(request, limits);
      try {
        if (isBatch(sent.text)) throw faulty('', 'PUT takes one statement, not an array');
        await intake.accept(sender, sent.text, xapiRequest(request).version, id, sent.parts);
      } finally {
        await sent.drop();
      }
      response.status(204).end();
    },

    post: async (request, response) => {
      const [published = ''] = request.originalUrl.split(STATEMENTS_PATH);
      const read = () => readStatementBody(request, limits);
      sendAnswer(response, await store(xapiRequest(request), request.query, published, read));
    },
  };
}

/** Throws `invalid-request` for a word that it does not know: nobody should learn of it when statements are lost. */
function onInvalidOf(asked: unknown): OnInvalid | null {
  if (asked === undefined) return null;
  const found = ON_INVALID.find((word) => word === asked);
  if (found === undefined) throw faulty(PARAMETER, `must be one of ${ON_INVALID.join(', ')}`);
  return found;
}

/** What this key's statements will carry, its limits counted. Throws `forbidden` without a scope to write. */
function senderOf({ key, authority }: XapiRequest, deps: StoreStatementsDeps): Sender {
  requireScope(key, 'all', 'statements/write');
  const sender = senderOfKey(key, authority);
  return {
    ...sender,
    admit: async (statements) => {
      await sender.admit?.(statements);
      deps.limiter.takeStatements(key, statements.length);
      await checkVoids(deps.statements, sender, statements);
    },
  };
}
