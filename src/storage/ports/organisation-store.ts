export const LOGO_TYPES = ['image/png', 'image/jpeg', 'image/svg+xml'] as const;
export type LogoType = (typeof LOGO_TYPES)[number];

/** A logo as it was handed in. */
export interface Logo {
  readonly type: LogoType;
  readonly base64: string;
  /** Of its bytes, in hexadecimal. */
  readonly sha256: string;
}

/** How an organisation appears on what it hands out. */
export interface OrganisationRecord {
  readonly org: string;
  /** By language; null: not given. */
  readonly name: { readonly fr: string | null; readonly en: string | null };
  readonly website: string | null;
  readonly logo: Logo | null;
  /** ms since the epoch. */
  readonly changedAt: number;
}

/** One record an organisation. */
export interface OrganisationStore {
  /** Null where nothing was ever said. */
  find(org: string): Promise<OrganisationRecord | null>;
  /** Keeps the record in the place of the one before. */
  save(record: OrganisationRecord): Promise<void>;
}
