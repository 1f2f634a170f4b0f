import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Storage } from './storage/ports/index.ts';

export interface Measures {
  /** Notes how long (s) it took to answer a request. */
  observe(
    request: { readonly door: string; readonly method: string; readonly status: number },
    seconds: number,
  ): void;
  /** Answers what was measured, in Prometheus' text format. */
  readonly answer: RequestHandler;
}

type Stores = Pick<Storage, 'statements' | 'facts' | 'forwards' | 'pulls'>;

/**
 * Prometheus measures: of the process, of requests, and of work that is behind. `from` says who may ask: `local`, this
 * machine only; `network`, whoever reaches this process without a proxy in between.
 */
export function createMeasures(stores: Stores, from: 'local' | 'network'): Measures {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  measureBacklogs(registry, stores);
  const duration = new Histogram({
    name: 'assidu_http_request_duration_seconds',
    help: 'Time to answer a request, by door, method and status.',
    labelNames: ['door', 'method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  return {
    observe: (request, seconds) => duration.observe(request, seconds),
    answer: async (request, response) => {
      const address = request.socket.remoteAddress ?? '';
      // What a proxy passes on comes from anywhere.
      const proxied = (request.get('X-Forwarded-For') ?? request.get('Forwarded')) !== undefined;
      const near = from === 'network' || /^(::1|(::ffff:)?127\.)/.test(address);
      if (proxied || !near) response.status(404).end();
      else response.type(registry.contentType).send(await registry.metrics());
    },
  };
}

/** Gauges that are read when they are asked for. Positions are those of statements in the order of their commits. */
function measureBacklogs(registry: Registry, { statements, facts, forwards, pulls }: Stores): void {
  const registers = [registry];
  const head = async () => (await statements.head()).seq;
  new Gauge({
    name: 'assidu_statements_position',
    help: 'Position of the newest statement.',
    registers,
    async collect() {
      this.set(await head());
    },
  });
  new Gauge({
    name: 'assidu_facts_lag_positions',
    help: 'How far the cohort that is furthest behind is from the newest statement.',
    registers,
    async collect() {
      const [newest, positions] = await Promise.all([head(), facts.positions()]);
      this.set(Math.max(0, ...positions.map(({ seq }) => newest - seq)));
    },
  });
  new Gauge({
    name: 'assidu_forward_lag_positions',
    help: 'How far a target of forwarding is behind the newest statement; of paused ones too.',
    labelNames: ['org', 'target'],
    registers,
    async collect() {
      this.reset();
      const [newest, targets] = await Promise.all([head(), forwards.list(null)]);
      for (const { org, name, position } of targets)
        this.set({ org, target: name }, Math.max(0, newest - position));
    },
  });
  new Gauge({
    name: 'assidu_exchange_failures',
    help: 'Failures in a row with another LRS, statements sent there or fetched from there.',
    labelNames: ['org', 'direction', 'name'],
    registers,
    async collect() {
      this.reset();
      for (const { org, name, attempts } of await forwards.list(null))
        this.set({ org, direction: 'forward', name }, attempts);
      for (const { org, name, attempts } of await pulls.list(null))
        this.set({ org, direction: 'pull', name }, attempts);
    },
  });
}
