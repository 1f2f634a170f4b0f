/** A login that awaits its launch (LTI 1.3 / OIDC third-party initiated login). Lives five minutes, is used once. */
export interface LoginAttempt {
  readonly state: string;
  readonly nonce: string;
  /** SHA-256 of the secret that binds the login to one browser. */
  readonly bindHash: string;
  readonly registrationId: string;
  /** Deployment the platform named at login, if it did. */
  readonly deployment: string | null;
  readonly target: string;
  /** The frame of the platform's storage, where the login named one (LTI Client Side postMessages §3). */
  readonly storageTarget?: string;
  /** The login's parameters as a query, to ask again in a window of its own. */
  readonly asked?: string;
  /** ms since the epoch. */
  readonly expiresAt: number;
}

/** A verified launch. Its id is no secret: a page is authorised by the session that owns it. */
export interface Launch {
  readonly id: string;
  readonly sessionHash: string;
  readonly org: string;
  readonly registrationId: string;
  readonly deployment: string;
  readonly messageType: string;
  readonly sub: string;
  /** Null when the platform hides names. */
  readonly name: string | null;
  readonly email: string | null;
  readonly role: LaunchRole;
  /** As the platform sent them, so that a changed mapping counts at once. */
  readonly roles?: readonly string[];
  /** `sub`s of the learners a mentor may see, where the platform says whom (LTI 1.3 Core, role_scope_mentor). */
  readonly mentees?: readonly string[];
  readonly courseId: string | null;
  readonly courseTitle: string | null;
  readonly resourceLinkId: string | null;
  readonly resourceLinkTitle: string | null;
  /** Learner's groups or sections named by the platform. */
  readonly groups: readonly string[];
  /** `cohort` of the link's custom parameters. */
  readonly cohortParameter: string | null;
  readonly custom: Readonly<Record<string, string>>;
  readonly locale: 'fr' | 'en';
  readonly returnUrl: string | null;
  /** What a deep linking request asks for; absent in other messages. */
  readonly deepLinking?: DeepLinkingRequest;
  /** `sub` of the person whose work a submission review is about; absent in other messages. */
  readonly reviewedSub?: string;
  /** ms since the epoch. */
  readonly createdAt: number;
}

/** Links that a platform wants chosen (LTI Deep Linking 2.0 §4.4.1). */
export interface DeepLinkingRequest {
  /** Where the answer is posted: an address of the platform's. */
  readonly returnUrl: string;
  /** To be given back as it is. */
  readonly data: string | null;
  /** Whether LTI links are among what it takes. */
  readonly links: boolean;
  readonly several: boolean;
  /** Whether a link may bring a column of the gradebook. */
  readonly lineItems: boolean;
}

/** learner; staff of the course (community manager, trainer, tutor); dlm: configures and compares. */
export type PlatformRole = 'learner' | 'staff' | 'dlm' | 'observer';

/** What a platform says, or what was given by hand: executives see the portfolio, and nothing about single people. */
export type LaunchRole = PlatformRole | 'executive';

export interface Session {
  /** SHA-256 of the secret that the browser carries. */
  readonly hash: string;
  readonly org: string;
  readonly registrationId: string;
  readonly sub: string;
  readonly createdAt: number;
  /** ms since the epoch; renewed by use, at most 15 minutes ahead. */
  readonly expiresAt: number;
}

export interface LaunchStore {
  saveLogin(login: LoginAttempt): Promise<void>;
  /** An unused login, without consuming it: the page that waits for the browser's proof needs it. */
  peekLogin(state: string): Promise<LoginAttempt | null>;
  /** Consumes state and nonce together, once, whoever else tries at the same time. */
  takeLogin(state: string, now: number): Promise<LoginAttempt | 'unknown' | 'used' | 'expired'>;
  saveSession(session: Session): Promise<void>;
  /** Null when unknown, expired at `now` or revoked. */
  findSession(hash: string, now: number): Promise<Session | null>;
  renewSession(hash: string, expiresAt: number): Promise<void>;
  revokeSession(hash: string): Promise<void>;
  saveLaunch(launch: Launch): Promise<void>;
  findLaunch(id: string): Promise<Launch | null>;
  /** Removes logins and sessions that expired before `now`, and launches whose session is gone. */
  sweep(now: number): Promise<void>;
}
