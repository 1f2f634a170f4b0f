import {
  NO_ORGANISATION,
  type Registration,
  type RoleMapping,
  type WaitingDeployment,
} from '../../ports/registration-store.ts';
import type { Connection, Row } from '../connection.ts';
import { read, write } from '../operation.ts';

/** This adapter itself wrote it as JSON. */
function toRegistration(row: Row): Registration {
  return JSON.parse(String(row.value));
}

function byId(db: Connection, id: string): Registration | null {
  const row = db.get('SELECT value FROM registrations WHERE id = ?', id);
  return row ? toRegistration(row) : null;
}

function put(db: Connection, registration: Registration): void {
  db.run(
    'INSERT INTO registrations (id, org, issuer, client_id, created_at, value) VALUES (?, ?, ?, ?, ?, ?) ' +
      'ON CONFLICT (id) DO UPDATE SET org = excluded.org, issuer = excluded.issuer, ' +
      'client_id = excluded.client_id, value = excluded.value',
    registration.id,
    registration.org,
    registration.issuer,
    registration.clientId,
    registration.createdAt,
    JSON.stringify(registration),
  );
}

/** Approves a deployment; it waits no more. */
function approve(db: Connection, { firstDeploymentUntil: _, ...kept }: Registration, deployment: string) {
  const approved: Registration = { ...kept, deployments: [...new Set([...kept.deployments, deployment])] };
  put(db, approved);
  db.run('DELETE FROM waiting_deployments WHERE registration_id = ? AND deployment = ?', kept.id, deployment);
  return approved;
}

export const registrationOperations = {
  'registrations.save': write(({ db }, registration: Registration): 'saved' | 'conflict' => {
    db.run(
      'DELETE FROM registrations WHERE org = ? AND issuer = ? AND client_id = ? AND id <> ?',
      NO_ORGANISATION,
      registration.issuer,
      registration.clientId,
      registration.id,
    );
    const other = db.get(
      'SELECT id FROM registrations WHERE (issuer = ? AND client_id = ? AND id <> ?) OR (id = ? AND org NOT IN (?, ?))',
      registration.issuer,
      registration.clientId,
      registration.id,
      registration.id,
      registration.org,
      NO_ORGANISATION,
    );
    if (other) return 'conflict';
    put(db, registration);
    return 'saved';
  }),
  'registrations.savePending': write(
    (
      { db },
      input: { readonly registration: Registration; readonly limit: number },
    ): 'saved' | 'conflict' => {
      const { issuer, clientId } = input.registration;
      db.run(
        'DELETE FROM registrations WHERE org = ? AND issuer = ? AND client_id = ?',
        NO_ORGANISATION,
        issuer,
        clientId,
      );
      if (db.get('SELECT id FROM registrations WHERE issuer = ? AND client_id = ?', issuer, clientId))
        return 'conflict';
      put(db, { ...input.registration, org: NO_ORGANISATION, status: 'pending' });
      db.run(
        'DELETE FROM registrations WHERE org = ?1 AND id NOT IN ' +
          '(SELECT id FROM registrations WHERE org = ?1 ORDER BY created_at DESC, rowid DESC LIMIT ?2)',
        NO_ORGANISATION,
        input.limit,
      );
      return 'saved';
    },
  ),
  'registrations.find': read(
    ({ db }, input: { readonly issuer: string; readonly clientId: string }): Registration | null => {
      const row = db.get(
        'SELECT value FROM registrations WHERE issuer = ? AND client_id = ?',
        input.issuer,
        input.clientId,
      );
      return row ? toRegistration(row) : null;
    },
  ),
  'registrations.byIssuer': read(({ db }, issuer: string): readonly Registration[] =>
    db
      .all('SELECT value FROM registrations WHERE issuer = ? ORDER BY created_at, id', issuer)
      .map(toRegistration),
  ),
  'registrations.byId': read(({ db }, id: string): Registration | null => byId(db, id)),
  'registrations.list': read(({ db }, org: string | null): readonly Registration[] =>
    db
      .all('SELECT value FROM registrations WHERE ?1 IS NULL OR org = ?1 ORDER BY created_at, id', org)
      .map(toRegistration),
  ),
  'registrations.remove': write(({ db }, input: { readonly org: string; readonly id: string }): boolean => {
    const gone = db.run('DELETE FROM registrations WHERE org = ? AND id = ?', input.org, input.id) > 0;
    if (gone) db.run('DELETE FROM waiting_deployments WHERE registration_id = ?', input.id);
    return gone;
  }),
  'registrations.setRoles': write(
    (
      { db },
      input: { readonly org: string; readonly id: string; readonly roles: RoleMapping },
    ): Registration | null => {
      const registration = byId(db, input.id);
      if (registration?.org !== input.org) return null;
      const changed: Registration = { ...registration, roles: input.roles };
      put(db, changed);
      return changed;
    },
  ),
  'registrations.approveDeployment': write(
    ({ db }, input: { readonly id: string; readonly deployment: string }): Registration | null => {
      const registration = byId(db, input.id);
      return registration === null ? null : approve(db, registration, input.deployment);
    },
  ),
  'registrations.approveFirstDeployment': write(
    (
      { db },
      input: { readonly id: string; readonly deployment: string; readonly now: number },
    ): Registration | null => {
      const registration = byId(db, input.id);
      const until = registration?.firstDeploymentUntil ?? 0;
      if (registration === null || registration.deployments.length > 0 || until <= input.now) return null;
      return approve(db, registration, input.deployment);
    },
  ),
  'registrations.rememberWaiting': write(
    ({ db }, input: { readonly waiting: WaitingDeployment; readonly limit: number }): null => {
      const { registrationId, deployment, seenAt } = input.waiting;
      db.run(
        'INSERT INTO waiting_deployments (registration_id, deployment, seen_at) VALUES (?, ?, ?) ' +
          'ON CONFLICT (registration_id, deployment) DO UPDATE SET seen_at = excluded.seen_at',
        registrationId,
        deployment,
        seenAt,
      );
      db.run(
        'DELETE FROM waiting_deployments WHERE registration_id = ?1 AND deployment NOT IN (SELECT deployment ' +
          'FROM waiting_deployments WHERE registration_id = ?1 ORDER BY seen_at DESC, deployment LIMIT ?2)',
        registrationId,
        input.limit,
      );
      return null;
    },
  ),
  'registrations.waiting': read(({ db }, _input: null): readonly WaitingDeployment[] =>
    db.all('SELECT * FROM waiting_deployments ORDER BY seen_at, registration_id, deployment').map((row) => ({
      registrationId: String(row.registration_id),
      deployment: String(row.deployment),
      seenAt: Number(row.seen_at),
    })),
  ),
};
