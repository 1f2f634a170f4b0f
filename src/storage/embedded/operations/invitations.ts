import type { Invitation } from '../../ports/invitation-store.ts';
import type { Row } from '../connection.ts';
import { read, write } from '../operation.ts';

export function toInvitation(row: Row): Invitation {
  return {
    hash: String(row.hash),
    org: String(row.org),
    createdAt: Number(row.created_at),
    expiresAt: Number(row.expires_at),
    firstDeployment: row.first_deployment === 1,
    usedAt: row.used_at === null ? null : Number(row.used_at),
    usedBy: row.used_by === null ? null : String(row.used_by),
  };
}

const BY_HASH = 'SELECT * FROM invitations WHERE hash = ?';

export const invitationOperations = {
  'invitations.insert': write(({ db }, invitation: Invitation): null => {
    db.run(
      'INSERT INTO invitations (hash, org, created_at, expires_at, first_deployment, used_at, used_by) ' +
        'VALUES (?, ?, ?, ?, ?, ?, ?)',
      invitation.hash,
      invitation.org,
      invitation.createdAt,
      invitation.expiresAt,
      invitation.firstDeployment ? 1 : 0,
      invitation.usedAt,
      invitation.usedBy,
    );
    return null;
  }),
  'invitations.find': read(({ db }, hash: string): Invitation | null => {
    const row = db.get(BY_HASH, hash);
    return row ? toInvitation(row) : null;
  }),
  'invitations.use': write(
    (
      { db },
      input: { readonly hash: string; readonly registrationId: string; readonly now: number },
    ): Invitation | 'unknown' | 'used' | 'expired' => {
      const row = db.get(BY_HASH, input.hash);
      if (!row) return 'unknown';
      const invitation = toInvitation(row);
      if (invitation.usedAt !== null) return 'used';
      if (invitation.expiresAt <= input.now) return 'expired';
      db.run(
        'UPDATE invitations SET used_at = ?, used_by = ? WHERE hash = ?',
        input.now,
        input.registrationId,
        input.hash,
      );
      return { ...invitation, usedAt: input.now, usedBy: input.registrationId };
    },
  ),
};
