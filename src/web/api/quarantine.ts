import type { Request, Router } from 'express';
import type { Listed, Quarantine } from '../../../xapi/quarantine.ts';
import { jsonBody, jsonText } from '../../../xapi/resources/request.ts';
import type { Gate } from './authorise.ts';
import { PAGING, pageFrom } from './paging.ts';
import { badParameter, oneOf, onlyParameters } from './parameters.ts';

export const QUARANTINE_STATES = ['open', 'resolved', 'all'] as const;

type Entry = Awaited<ReturnType<Quarantine['list']>>[number];

/** What lenient intake did not store (docs/intake.md). It holds texts of all keys: that takes the scope `all`. */
export function addQuarantine(router: Router, { authorised, caller }: Gate, quarantine: Quarantine): void {
  const idOf = (request: Request): string => String(request.params.id);

  router.get('/quarantine', authorised('all'), async (request, response) => {
    onlyParameters(request.query, ...PAGING, 'state', 'key');
    const { org } = caller(request);
    const state = oneOf(QUARANTINE_STATES, 'state', request.query.state) ?? 'open';
    const { key } = request.query;
    if (key !== undefined && typeof key !== 'string') throw badParameter('key', 'must be one key');
    const page = await pageFrom(
      request,
      response,
      (after, limit) => quarantine.list(org, { state, key, after: positionOf(after), limit }),
      ({ receivedAt, id }) => `${receivedAt} ${id}`,
    );
    response.json(page.map(entryJson));
  });

  router.get('/quarantine/:id', authorised('all'), async (request, response) => {
    onlyParameters(request.query);
    const entry = await quarantine.show(caller(request).org, idOf(request));
    response.json({ ...entryJson(entry), text: entry.text });
  });

  // The corrected statement is kept byte for byte: it must not be parsed and written anew on its way.
  router.post('/quarantine/:id/replay', authorised('all'), jsonBody('20mb'), async (request, response) => {
    onlyParameters(request.query);
    const { org, keyId } = caller(request);
    const corrected = hasBody(request) ? jsonText(request) : undefined;
    const replay = await quarantine.replay(org, idOf(request), keyId, corrected);
    if (replay.kind === 'refused') throw replay.error;
    response.json({ statementId: replay.statementId });
  });

  router.delete('/quarantine/:id', authorised('all'), async (request, response) => {
    onlyParameters(request.query);
    await quarantine.discard(caller(request).org, idOf(request));
    response.status(204).end();
  });
}

/** An entry without its text, as JSON: instants in ISO 8601 with their zone. */
export function entryJson(entry: Listed<Entry>) {
  return {
    id: entry.id,
    key: entry.key,
    receivedAt: iso(entry.receivedAt),
    lastReceivedAt: iso(entry.lastReceivedAt),
    times: entry.times,
    version: entry.version,
    code: entry.code,
    problems: entry.problems,
    resolvedAt: iso(entry.resolvedAt),
    resolution: entry.resolution,
  };
}

function iso(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}

function positionOf(cursor: string | null) {
  if (cursor === null) return null;
  const [, receivedAt, id] = /^(-?\d{1,16}) (\S+)$/.exec(cursor) ?? [];
  if (id === undefined) throw badParameter('cursor', 'is not one that this list gave');
  return { receivedAt: Number(receivedAt), id };
}

function hasBody(request: Request): boolean {
  return request.get('Transfer-Encoding') !== undefined || Number(request.get('Content-Length') ?? 0) > 0;
}
