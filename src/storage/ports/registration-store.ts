import type { PlatformRole } from './launch-store.ts';

/** How the xAPI plugin of a platform names people; declared, never guessed (vocabulary.md, "actor"). */
export interface PlatformActorFormat {
  /** homePage of the account. */
  readonly homePage: string;
  /** What the account's name holds: the LTI `sub` (Moodle's default) or the user name; `mbox`: people are named by e-mail. */
  readonly name: 'sub' | 'username' | 'mbox';
}

/** What roles of a platform mean here, by the name lti/roles.ts gives them: `membership#Mentor`. */
export type RoleMapping = Readonly<Record<string, PlatformRole>>;

/** What a platform that registered itself said of itself, and what it was asked for: for who approves it. */
export interface SelfRegistration {
  /** Family and version, as the platform writes them. */
  readonly product: string;
  readonly scopes: readonly string[];
  /** Names of claims about a person. */
  readonly claims: readonly string[];
  /** Names of LTI messages. */
  readonly messages: readonly string[];
}

/** A platform that may launch us: one issuer + client id (Canvas: one issuer for all tenants), with its deployments. */
export interface Registration {
  readonly id: string;
  /** `NO_ORGANISATION` while it is pending and nobody said whose it is. */
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
  /** The platform registered itself: its addresses are a stranger's word (src/base/outgoing.ts). */
  readonly selfRegistered?: true;
  /** What it said when it registered itself. */
  readonly asked?: SelfRegistration;
  /** Roles that mean something else here than usual (docs/roles.md). */
  readonly roles?: RoleMapping;
  /** Until then the first deployment that launches is approved by itself; ms since the epoch. */
  readonly firstDeploymentUntil?: number;
}

/** The organisation of what no organisation has taken in yet; no command accepts an empty name. */
export const NO_ORGANISATION = '';

/** A deployment that launched without being approved. */
export interface WaitingDeployment {
  readonly registrationId: string;
  readonly deployment: string;
  /** ms since the epoch. */
  readonly seenAt: number;
}

export interface RegistrationStore {
  /**
   * Inserts or replaces by id; one without organisation may be given one, and gives way to one that has. Answers
   * `conflict` when another registration has that issuer and client id, or another organisation that id.
   */
  save(registration: Registration): Promise<'saved' | 'conflict'>;
  /**
   * Inserts one that is pending and of no organisation, instead of an earlier such one of that issuer and client id, and
   * drops the oldest such ones beyond `limit`. Answers `conflict` when any other registration has that issuer and client id.
   */
  savePending(registration: Registration, limit: number): Promise<'saved' | 'conflict'>;
  find(issuer: string, clientId: string): Promise<Registration | null>;
  byIssuer(issuer: string): Promise<readonly Registration[]>;
  byId(id: string): Promise<Registration | null>;
  list(org: string | null): Promise<readonly Registration[]>;
  /** False when there is none with that id. */
  remove(org: string, id: string): Promise<boolean>;
  /** Says what its roles mean, whatever else happens to it at the same time; null when the organisation has no such one. */
  setRoles(org: string, id: string, roles: RoleMapping): Promise<Registration | null>;
  /** Approves a deployment, and no longer counts it as waiting; null when there is no such registration. */
  approveDeployment(id: string, deployment: string): Promise<Registration | null>;
  /**
   * Approves a deployment when it is the first of its registration and `firstDeploymentUntil` is after `now`; once,
   * whoever else tries at the same time. Null when it may not be.
   */
  approveFirstDeployment(id: string, deployment: string, now: number): Promise<Registration | null>;
  /** Remembers a deployment that waits for approval; a registration keeps the newest `limit` of them. */
  rememberWaiting(waiting: WaitingDeployment, limit: number): Promise<void>;
  /** Oldest first. */
  waiting(): Promise<readonly WaitingDeployment[]>;
}
