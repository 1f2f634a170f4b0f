import type { RegistrationPages } from './registration/pages.ts';

/** The languages our pages speak. */
export type PageLocale = 'fr' | 'en';

/** The page that carries the browser to the platform's authorisation endpoint (OIDC third-party login). */
export interface LoginPageView {
  readonly locale: PageLocale;
  /** The platform's authorisation endpoint, without its query. */
  readonly action: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  readonly state: string;
  /** What binds this login to this browser, kept in sessionStorage and by the platform beside the cookie. */
  readonly bind: string;
  /** Origin of the authorisation endpoint: the one the platform's storage answers from. */
  readonly authOrigin: string;
  /** Origins under which the platform may frame us. */
  readonly platformOrigins: readonly string[];
  /** The frame of the platform's storage, where the login named it (`lti_storage_target`). */
  readonly storageTarget: string | null;
  /** The same login again, for a window of its own where cookies hold. */
  readonly newWindowUrl: string;
}

/** A way to go on in a window of its own: this launch afresh, or by the course, or the platform's front page. */
export interface WayOut {
  readonly kind: 'again' | 'course' | 'platform';
  readonly url: string;
}

/** The page that asks the browser, or the platform's storage, for what the login left there. */
export interface ProofPageView {
  readonly locale: PageLocale;
  readonly action: string;
  readonly state: string;
  /** The verified launch, sealed: only this tool can open it. */
  readonly sealedLaunch: string;
  readonly authOrigin: string;
  readonly platformOrigins: readonly string[];
  readonly storageTarget: string | null;
  readonly ways: readonly WayOut[];
}

/** The page whose script carries a session that no cookie holds for. */
export interface CarryPageView {
  readonly locale: PageLocale;
  readonly launch: string;
  /** The session's secret, in this body alone. */
  readonly secret: string;
  /** The launch's page. */
  readonly location: string;
}

/** What a person can understand of a refusal; the precise reason is in the log under the same reference. */
export type RefusalKind =
  | 'request'
  | 'platform'
  | 'waiting'
  | 'expired'
  | 'unconfirmed'
  | 'browser'
  | 'untrusted'
  | 'session'
  | 'form'
  | 'failure';

export interface RejectedPageView {
  readonly locale: PageLocale;
  readonly kind: RefusalKind;
  readonly reference: string;
  readonly ways: readonly WayOut[];
  /** The launch whose session the page's script may find and ask again with. */
  readonly resume: string | null;
}

/** The HTML pages of the LTI routes: complete documents without inline script. src/web/lti draws them. */
export interface LtiPages extends RegistrationPages {
  loginPage(view: LoginPageView): string;
  proofPage(view: ProofPageView): string;
  carryPage(view: CarryPageView): string;
  rejectedPage(view: RejectedPageView): string;
}
