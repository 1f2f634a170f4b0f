/** How the xAPI plugin of a platform names people; declared, never guessed (vocabulary.md, "actor"). */
export interface PlatformActorFormat {
  /** homePage of the account. */
  readonly homePage: string;
  /** What the account's name holds: the LTI `sub` (Moodle's default) or the user name; `mbox`: people are named by e-mail. */
  readonly name: 'sub' | 'username' | 'mbox';
}

/** A platform that may launch us: one issuer + client id (Canvas: one issuer for all tenants), with its deployments. */
export interface Registration {
  readonly id: string;
  readonly org: string;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly authUrl: string;
  readonly tokenUrl: string;
  readonly jwksUrl: string;
  /** Approved deployment ids. */
  readonly deployments: readonly string[];
  readonly status: 'active' | 'pending' | 'inactive';
  readonly actorFormat: PlatformActorFormat;
  /** Origins that may frame our pages, beside those of issuer and authUrl. */
  readonly frameOrigins: readonly string[];
  /** ms since the epoch. */
  readonly createdAt: number;
}

export interface RegistrationStore {
  /**
   * Inserts or replaces by id. Answers `conflict` when another registration has that issuer and client id, or another
   * organisation that id.
   */
  save(registration: Registration): Promise<'saved' | 'conflict'>;
  find(issuer: string, clientId: string): Promise<Registration | null>;
  byIssuer(issuer: string): Promise<readonly Registration[]>;
  byId(id: string): Promise<Registration | null>;
  list(org: string | null): Promise<readonly Registration[]>;
  /** False when there is none with that id. */
  remove(org: string, id: string): Promise<boolean>;
}
