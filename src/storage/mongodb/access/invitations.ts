import type { Invitation, InvitationStore } from '../../ports/invitation-store.ts';
import type { MongoContext } from '../context.ts';
import { createDecisions } from '../decisions.ts';
import { keyOf } from '../keys.ts';
import { INVITATIONS, type InvitationFields } from './invitations-collection.ts';

export const useOf = (hash: string): string => keyOf('invitation used', hash);

export function createInvitations(context: MongoContext): InvitationStore {
  const invitations = context.model(INVITATIONS);
  const decisions = createDecisions(context);
  const find = async (hash: string): Promise<Invitation | null> => {
    const [kept, used] = await Promise.all([
      invitations.findOne({ _id: hash }).lean<InvitationFields>(),
      decisions.find(useOf(hash)),
    ]);
    if (!kept) return null;
    const { _id, ...invitation } = kept;
    return { hash, ...invitation, usedAt: used?.at ?? null, usedBy: used?.by ?? null };
  };
  return {
    insert: async ({ hash, usedAt, usedBy, ...invitation }) => {
      await invitations.insertOne({ _id: hash, ...invitation });
      if (usedAt !== null) await decisions.decide({ _id: useOf(hash), at: usedAt, by: usedBy ?? '' });
    },
    find,
    use: async (hash, registrationId, now) => {
      const invitation = await find(hash);
      if (invitation === null) return 'unknown';
      if (invitation.usedAt !== null) return 'used';
      if (invitation.expiresAt <= now) return 'expired';
      const won = await decisions.decide({ _id: useOf(hash), at: now, by: registrationId });
      return won ? { ...invitation, usedAt: now, usedBy: registrationId } : 'used';
    },
  };
}
