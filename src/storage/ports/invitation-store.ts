/**
 * Permission to register one platform in an organisation, or to review those that wait: what is kept of a code. Codes of
 * the two kinds are hashed apart.
 */
export interface Invitation {
  /** SHA-256 of the code. */
  readonly hash: string;
  readonly org: string;
  /** ms since the epoch. */
  readonly createdAt: number;
  readonly expiresAt: number;
  /** Whether the first deployment that launches before `expiresAt` is approved by itself (Canvas names none earlier). */
  readonly firstDeployment: boolean;
  /** Null until it is used, once. */
  readonly usedAt: number | null;
  /** Registration it was used for; `review`. */
  readonly usedBy: string | null;
}

export interface InvitationStore {
  insert(invitation: Invitation): Promise<void>;
  find(hash: string): Promise<Invitation | null>;
  /** Uses it up, once, whoever else tries at the same time; answers it as it is then. */
  use(
    hash: string,
    registrationId: string,
    now: number,
  ): Promise<Invitation | 'unknown' | 'used' | 'expired'>;
}
