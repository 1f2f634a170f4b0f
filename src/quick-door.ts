import type { IncomingMessage, ServerResponse } from 'node:http';
import type { QuickPost, Surroundings } from '../xapi/resources/quick-post.ts';
import { STATEMENTS_PATH } from '../xapi/resources/store-statements.ts';
import { type HeaderList, sendWhole } from './base/answer.ts';
import type { Logger } from './base/logger.ts';
import type { Readiness } from './readiness.ts';
import { doorOf, type RecordRequest } from './record-requests.ts';

export interface QuickDoorDeps extends Surroundings {
  readonly quickPost: QuickPost;
  readonly readiness: Pick<Readiness, 'parting'>;
  readonly record: RecordRequest;
  /** Headers of every answer. */
  readonly security: HeaderList;
  readonly log: Pick<Logger, 'error'>;
}

/**
 * What surrounds the quick door of the LRS, as the handlers before its router do in Express (app.ts), headers in the same
 * order (decision 015). Answers whether it took the request.
 */
export function quickDoor(
  deps: QuickDoorDeps,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const { quickPost, readiness, record, security, log } = deps;
  const recorded = { method: 'POST', path: STATEMENTS_PATH, door: doorOf(STATEMENTS_PATH) };
  return (request, response) => {
    if (!quickPost.takes(request)) return false;
    const first = [...readiness.parting(), ...security];
    record(recorded, response);
    quickPost
      .answer(request, deps)
      .then((answer) => sendWhole(response, { ...answer, headers: [...first, ...answer.headers] }))
      .catch((error: unknown) => {
        log.error({ err: error }, 'an answer could not be sent');
        response.destroy();
      });
    return true;
  };
}
