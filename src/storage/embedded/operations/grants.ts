import type { Grant } from '../../ports/grant-store.ts';
import type { Row } from '../connection.ts';
import { read, write } from '../operation.ts';

/** This adapter itself wrote it as JSON. */
function toGrant(row: Row): Grant {
  return JSON.parse(String(row.value));
}

export const grantOperations = {
  'grants.insert': write(({ db }, grant: Grant): null => {
    db.run(
      'INSERT INTO grants (id, org, registration_id, sub, granted_at, value) VALUES (?, ?, ?, ?, ?, ?)',
      grant.id,
      grant.org,
      grant.registrationId,
      grant.sub,
      grant.grantedAt,
      JSON.stringify(grant),
    );
    return null;
  }),
  'grants.of': read(
    (
      { db },
      input: { readonly org: string; readonly registrationId: string; readonly sub: string },
    ): readonly Grant[] =>
      db
        .all(
          'SELECT value FROM grants WHERE org = ? AND registration_id = ? AND sub = ? AND revoked_at IS NULL ' +
            'ORDER BY granted_at, id',
          input.org,
          input.registrationId,
          input.sub,
        )
        .map(toGrant),
  ),
  'grants.list': read(({ db }, org: string): readonly Grant[] =>
    db
      .all('SELECT value FROM grants WHERE org = ? AND revoked_at IS NULL ORDER BY granted_at, id', org)
      .map(toGrant),
  ),
  'grants.revoke': write(
    (
      { db },
      input: { readonly org: string; readonly id: string; readonly by: string; readonly at: number },
    ): boolean =>
      db.run(
        'UPDATE grants SET revoked_at = ?, revoked_by = ? WHERE org = ? AND id = ? AND revoked_at IS NULL',
        input.at,
        input.by,
        input.org,
        input.id,
      ) > 0,
  ),
};
