import type { RequestHandler } from 'express';
import type { LmsState } from './lms-state.ts';

/** What the platform does wrong, once, instead of or beside its answer. */
export interface ServiceFault {
  readonly service: 'token' | 'memberships' | 'line-items' | 'scores';
  /** Answers this instead. Absent: the answer is the right one, but for what follows. */
  readonly status?: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Requests that are answered rightly before. */
  readonly after?: number;
  /** Answers rightly, but the connection breaks before it is heard. */
  readonly unheard?: boolean;
}

/** What Canvas answers to who asks too much: 403, not 429 (recorded in its documentation). */
export const canvasThrottling: ServiceFault = {
  service: 'memberships',
  status: 403,
  body: '403 Forbidden (Rate Limit Exceeded)\n',
  headers: { 'x-rate-limit-remaining': '0.0', 'retry-after': '0' },
};

/** Lets the next fault of a service happen, if its turn has come; headers of a right answer can be overwritten. */
export function withFaults(state: LmsState, service: ServiceFault['service']): RequestHandler {
  return (req, res, next) => {
    state.requests.push({ service, method: req.method, url: req.originalUrl, at: state.clock().getTime() });
    if (state.options.profile === 'canvas' && !req.headers['user-agent']) {
      res.status(403).send('403 Forbidden (User-Agent required)');
      return;
    }
    const index = state.faults.findIndex((fault) => fault.service === service);
    const fault = state.faults[index];
    if (fault === undefined) {
      next();
      return;
    }
    if ((fault.after ?? 0) > 0) {
      state.faults[index] = { ...fault, after: (fault.after ?? 0) - 1 };
      next();
      return;
    }
    state.faults.splice(index, 1);
    if (fault.status !== undefined) {
      res.status(fault.status).set(fault.headers ?? {});
      res.send(fault.body ?? '');
      return;
    }
    if (fault.headers !== undefined) {
      const { headers } = fault;
      const send = res.send.bind(res);
      res.send = (body) => {
        res.set(headers);
        return send(body);
      };
    }
    if (fault.unheard)
      res.send = () => {
        req.socket.destroy();
        return res;
      };
    next();
  };
}
