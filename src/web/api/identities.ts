import type { Router } from 'express';
import { z } from 'zod';
import { agentOfKey } from '../../../xapi/statement/ifi.ts';
import type { Actor } from '../../../xapi/statement/types.ts';
import { AssiduError, type Problem } from '../../base/errors.ts';
import { readAgent } from '../../cohorts/told-people.ts';
import type { Services } from '../../services.ts';
import type { Gate } from './authorise.ts';
import { actorOf } from './enrolments.ts';
import { jsonBody, readBody } from './json-body.ts';
import { PAGING, pageOf } from './paging.ts';
import { onlyParameters } from './parameters.ts';

/** Body of POST /identities. */
export const linkSchema = z.strictObject({
  actors: z.array(z.unknown()).length(2, 'must be two agents'),
  /** false: they are not the same person, whatever a rule says. */
  linked: z.boolean().default(true),
});
/** Body of PUT /identities/rules/email. */
export const ruleSchema = z.strictObject({ on: z.boolean() });

/** Which identifiers are one person (docs/identities.md). */
export function addIdentities(
  router: Router,
  { authorised, caller }: Gate,
  identities: Services['identities'],
): void {
  router.get('/identities', authorised('read'), async (request, response) => {
    onlyParameters(request.query, ...PAGING, 'actor');
    const { org } = caller(request);
    if (request.query.actor !== undefined) {
      response.json(await identities.person(org, agentOfKey(actorOf(request.query.actor))));
      return;
    }
    const links = await identities.list(org);
    response.json(pageOf(request, response, links, ({ recordedAt, id }) => `${recordedAt} ${id}`));
  });
  router.post('/identities', authorised('write'), jsonBody, async (request, response) => {
    onlyParameters(request.query);
    const { actors, linked } = readBody(request, linkSchema, 'a link');
    const { org, name } = caller(request);
    const pair = twoActors(actors);
    const done = linked ? await identities.link(org, pair, name) : await identities.unlink(org, pair, name);
    response.status(done.outcome === 'linked' ? 201 : 200).json(done);
  });
  router.delete('/identities/:id', authorised('write'), async (request, response) => {
    onlyParameters(request.query);
    await identities.unlinkById(caller(request).org, String(request.params.id), caller(request).name);
    response.status(204).end();
  });
  router.get('/identities/rules/email', authorised('read'), async (request, response) => {
    onlyParameters(request.query);
    const rule = await identities.emailRule(caller(request).org);
    response.json({ on: rule?.on ?? false, ...recordingOf(rule) });
  });
  router.put('/identities/rules/email', authorised('write'), jsonBody, async (request, response) => {
    onlyParameters(request.query);
    const { on } = readBody(request, ruleSchema, 'a rule');
    const rule = await identities.setEmailRule(caller(request).org, on, caller(request).name);
    response.json({ on: rule.on, ...recordingOf(rule) });
  });
}

function recordingOf(rule: Awaited<ReturnType<Services['identities']['emailRule']>>) {
  return rule === null
    ? {}
    : { recordedAt: new Date(rule.recordedAt).toISOString(), recordedBy: rule.recordedBy };
}

/** Throws `invalid-request` naming each agent at fault (`actors[1].mbox`). */
function twoActors(given: readonly unknown[]): readonly [Actor, Actor] {
  const problems: Problem[] = [];
  const actors: Actor[] = [];
  for (const [index, each] of given.entries()) {
    const read = readAgent(each, `actors[${index}]`);
    if ('problems' in read) problems.push(...read.problems);
    else actors.push(read.actor);
  }
  const [one, two] = actors;
  if (one !== undefined && two !== undefined) return [one, two];
  const [first] = problems;
  throw new AssiduError('invalid-request', `${first?.path}: ${first?.message}`, { problems });
}
