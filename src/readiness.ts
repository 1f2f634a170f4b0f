import type { RequestHandler } from 'express';
import type { HeaderList } from './base/answer.ts';

/** Whether this instance wants requests. */
export interface Readiness {
  /** `/readyz`: 200, or 503 when the store does not answer or the instance is about to stop. */
  readonly answer: RequestHandler;
  /** What clients of an instance that is about to stop are told: to come by another connection next time. */
  parting(): HeaderList;
  /** From now on proxies are to send requests elsewhere; those that come are still answered. */
  leave(): void;
}

const PARTING: HeaderList = ['Connection', 'close'];
const STAYING: HeaderList = [];

export function createReadiness(storeAnswers: () => Promise<boolean>): Readiness {
  let leaving = false;
  return {
    answer: async (_request, response) => {
      const fault = leaving ? 'stopping' : (await storeAnswers()) ? null : 'the store does not answer';
      response
        .status(fault === null ? 200 : 503)
        .type('text')
        .send(fault ?? 'ready');
    },
    parting: () => (leaving ? PARTING : STAYING),
    leave: () => {
      leaving = true;
    },
  };
}
