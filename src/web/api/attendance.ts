import type { Request, Router } from 'express';
import { agentOfKey } from '../../../xapi/statement/ifi.ts';
import type { Recorder } from '../../../xapi/vocabulary/event.ts';
import type { AttendanceRegister } from '../../cohorts/attendance.ts';
import type { Cohort, Definitions } from '../../cohorts/definitions.ts';
import { parseAttendance, parseAttendanceTargets } from '../../cohorts/parse-attendance.ts';
import type { RegisterEntry } from '../../cohorts/register-entries.ts';
import type { Gate } from './authorise.ts';
import { bodyOf, jsonBody } from './json-body.ts';
import { PAGING, pageOf } from './paging.ts';
import { badParameter, onlyParameters } from './parameters.ts';

interface AttendanceDeps {
  readonly definitions: Pick<Definitions, 'show'>;
  readonly attendance: AttendanceRegister;
}

/** Registers of sessions (docs/attendance.md). */
export function addAttendance(router: Router, gate: Gate, { definitions, attendance }: AttendanceDeps): void {
  const { authorised, caller } = gate;
  const cohortOf = (request: Request): Promise<Cohort> =>
    definitions.show(caller(request).org, String(request.params.id), null);

  router.get('/cohorts/:id/attendance', authorised('read'), async (request, response) => {
    onlyParameters(request.query, ...PAGING, 'session');
    const cohort = await cohortOf(request);
    const session = sessionIn(cohort, request.query.session);
    const order = new Map(cohort.definition.units.map(({ id }, index) => [id, index]));
    const keyOf = (entry: RegisterEntry) =>
      `${String(order.get(entry.session) ?? 0).padStart(4, '0')} ${entry.learnerId}`;
    const entries = await attendance.entries(cohort, session);
    response.json(pageOf(request, response, entries, keyOf).map(shown));
  });
  router.post('/cohorts/:id/attendance', authorised('write'), jsonBody, async (request, response) => {
    onlyParameters(request.query);
    const entries = parseAttendance(bodyOf(request));
    response.json(await attendance.record(await cohortOf(request), entries, recorderOf(gate, request)));
  });
  router.delete('/cohorts/:id/attendance', authorised('write'), jsonBody, async (request, response) => {
    onlyParameters(request.query);
    const entries = parseAttendanceTargets(bodyOf(request));
    response.json(await attendance.record(await cohortOf(request), entries, recorderOf(gate, request)));
  });
}

/** The key that records. */
export function recorderOf({ caller }: Gate, request: Request): Recorder {
  const { keyId, name } = caller(request);
  return { way: 'api', id: keyId, name };
}

function sessionIn({ definition }: Cohort, value: unknown): string | null {
  if (value === undefined) return null;
  const found = definition.units.find(({ id, satisfiedBy }) => id === value && satisfiedBy === 'Attended');
  if (found === undefined) throw badParameter('session', 'is no session of this cohort');
  return found.id;
}

function shown({ actor, session, status, minutes, recordedAt, recorder }: RegisterEntry) {
  return {
    actor: agentOfKey(actor),
    session,
    status,
    minutes,
    recordedAt: new Date(recordedAt).toISOString(),
    recordedBy: recorder,
  };
}
