import type { Request, Router } from 'express';
import { actorKey, agentOfKey } from '../../../xapi/statement/ifi.ts';
import { AssiduError } from '../../base/errors.ts';
import { correctionSchema } from '../../cohorts/correct-enrolments.ts';
import type { Cohort } from '../../cohorts/definitions.ts';
import { parseEnrolments } from '../../cohorts/enrolment-entries.ts';
import { readAgent } from '../../cohorts/told-people.ts';
import { enrolmentHistory, type HistoryEntry } from '../../progress/enrolment-history.ts';
import type { Episode } from '../../progress/episode.ts';
import type { Persons } from '../../progress/persons.ts';
import type { Services } from '../../services.ts';
import type { Gate } from './authorise.ts';
import { INSTANTS, parseInstants } from './instants.ts';
import { bodyOf, jsonBody, readBody } from './json-body.ts';
import { PAGING, pageOf } from './paging.ts';
import { badParameter, onlyParameters } from './parameters.ts';

export type EnrolmentApiDeps = Pick<Services, 'definitions' | 'enrolments' | 'corrections'>;

/** Enrolments of cohorts (docs/enrolments.md): recorded, listed, set right, and their history. */
export function addEnrolments(
  router: Router,
  { authorised, caller }: Gate,
  { definitions, enrolments, corrections }: EnrolmentApiDeps,
): void {
  const show = (request: Request, knownAt: number | null = null): Promise<Cohort> =>
    definitions.show(caller(request).org, String(request.params.id), knownAt);
  const by = (request: Request) => ({ source: 'api', recordedBy: caller(request).name }) as const;

  router.get('/cohorts/:id/enrolments', authorised('read'), async (request, response) => {
    onlyParameters(request.query, ...INSTANTS, ...PAGING);
    const { asOf, knownAt } = parseInstants(request.query);
    const cohort = await show(request, knownAt);
    const { episodes, persons, records } = await enrolments.known(cohort, knownAt);
    const names = new Map(records.learners.map(({ id, name }) => [id, name]));
    const rows = episodes
      .filter(({ enrolledAt }) => asOf === null || enrolledAt <= asOf)
      .map((episode) => rowOf(episode, asOf, persons, names))
      .sort((a, b) => (keyOfRow(a) < keyOfRow(b) ? -1 : 1));
    response.json(pageOf(request, response, rows, keyOfRow));
  });
  router.post('/cohorts/:id/enrolments', authorised('write'), jsonBody, async (request, response) => {
    const cohort = await show(request);
    const telling = { source: 'api', by: caller(request).name } as const;
    response.json(await enrolments.record(cohort, parseEnrolments(bodyOf(request)), telling));
  });
  router.get('/cohorts/:id/enrolments/history', authorised('read'), async (request, response) => {
    onlyParameters(request.query, 'actor', 'knownAt', ...PAGING);
    const { knownAt } = parseInstants({ knownAt: request.query.knownAt });
    const cohort = await show(request, knownAt);
    const { persons, records } = await enrolments.known(cohort, knownAt);
    const person = persons.ofActor(actorOf(request.query.actor));
    if (person === null) throw new AssiduError('not-found', 'actor: is nobody of this cohort');
    const entries = enrolmentHistory(records, persons, person, knownAt).map((entry, index) => ({
      ...entryOf(entry),
      position: index,
    }));
    const page = pageOf(request, response, entries, ({ position }) => String(position).padStart(9, '0'));
    response.json(page.map(({ position: _, ...entry }) => entry));
  });
  router.patch(
    '/cohorts/:id/enrolments/:enrolment',
    authorised('write'),
    jsonBody,
    async (request, response) => {
      onlyParameters(request.query);
      const correction = readBody(request, correctionSchema, 'a correction');
      const cohort = await show(request);
      const outcome = await corrections.correct(
        cohort,
        String(request.params.enrolment),
        correction,
        by(request),
      );
      response.json({ outcome });
    },
  );
  router.delete('/cohorts/:id/enrolments/:enrolment', authorised('write'), async (request, response) => {
    onlyParameters(request.query);
    await corrections.undo(await show(request), String(request.params.enrolment), by(request));
    response.status(204).end();
  });
}

/** An agent in a query parameter, as an actor key. */
export function actorOf(text: unknown): string {
  if (typeof text !== 'string') throw badParameter('actor', 'is needed: an xAPI agent as JSON');
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw badParameter('actor', 'must be an xAPI agent as JSON');
  }
  const read = readAgent(given, 'actor');
  if ('problems' in read) {
    const [first] = read.problems;
    throw new AssiduError('invalid-request', `${first?.path}: ${first?.message}`, {
      problems: read.problems,
    });
  }
  return actorKey(read.actor) ?? '';
}

function rowOf(
  episode: Episode,
  asOf: number | null,
  { identities }: Persons,
  names: ReadonlyMap<string, string | null>,
) {
  const { learnerId, enrolmentId, enrolledAt, endedAt, reason, suspensions, source, recordedAt } = episode;
  const ended = endedAt !== null && (asOf === null || endedAt <= asOf || reason === 'excluded');
  const actor = identities.find((each) => each.learnerId === learnerId)?.actor;
  return {
    enrolmentId,
    actor: actor === undefined ? {} : agentOfKey(actor),
    name: names.get(learnerId) ?? null,
    enrolledAt: iso(enrolledAt),
    enrolledAtSource: episode.enrolledAtSource,
    endedAt: ended ? iso(endedAt) : null,
    reason: ended ? (reason ?? 'removed') : null,
    suspensions: suspensions
      .filter(([from]) => asOf === null || from <= asOf)
      .map(([from, to]) => ({
        from: iso(from),
        to: to === null || (asOf !== null && to > asOf) ? null : iso(to),
      })),
    source,
    recordedAt: iso(recordedAt),
    recordedBy: episode.recordedBy ?? null,
  };
}

function keyOfRow({
  enrolledAt,
  enrolmentId,
}: {
  readonly enrolledAt: string;
  readonly enrolmentId: string;
}): string {
  return `${enrolledAt} ${enrolmentId}`;
}

function entryOf({ recordedAt, at, actors, ...entry }: HistoryEntry) {
  return {
    ...entry,
    recordedAt: iso(recordedAt),
    at: at === null ? null : iso(at),
    actors: actors.map(agentOfKey),
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
