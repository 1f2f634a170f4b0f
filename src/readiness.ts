import type { RequestHandler } from 'express';

/** Whether this instance wants requests. */
export interface Readiness {
  /** `/readyz`: 200, or 503 when the store does not answer or the instance is about to stop. */
  readonly answer: RequestHandler;
  /** Tells clients of an instance that is about to stop to come by another connection next time. */
  readonly partWithClients: RequestHandler;
  /** From now on proxies are to send requests elsewhere; those that come are still answered. */
  leave(): void;
}

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
    partWithClients: (_request, response, next) => {
      if (leaving) response.set('Connection', 'close');
      next();
    },
    leave: () => {
      leaving = true;
    },
  };
}
