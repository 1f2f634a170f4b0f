import type { ServerResponse } from 'node:http';
import type { Logger } from './base/logger.ts';
import type { Measures } from './measures.ts';

/** What is recorded of a request: never its query, which may hold what is nobody's business. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  /** The first segment of the path within this product. */
  readonly door: string;
}

/** Measures a request and writes its line into the log once it is answered; to be called as soon as it comes. */
export type RecordRequest = (request: RecordedRequest, response: ServerResponse) => void;

/** `clock` in ms. */
export function recordRequests(measures: Measures, log: Logger, clock: () => number): RecordRequest {
  return ({ method, path, door }, response) => {
    const [began, started] = [performance.now(), clock()];
    response.on('finish', () => {
      const { statusCode: status } = response;
      measures.observe({ door, method, status }, (performance.now() - began) / 1_000);
      log.info({ method, path, status, ms: clock() - started }, 'request');
    });
  };
}

/** The door that a path leads to; empty for what is none's. */
export function doorOf(path: string): string {
  return /^\/(xapi|lti|app|api|cmi5)\b/.exec(path)?.[1] ?? '';
}
