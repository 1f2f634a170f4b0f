/** The languages our pages speak. */
export type PageLocale = 'fr' | 'en';

/** The page that carries the browser to the platform's authorisation endpoint (OIDC third-party login). */
export interface LoginPageView {
  readonly locale: PageLocale;
  /** The platform's authorisation endpoint, without its query. */
  readonly action: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  readonly state: string;
  /** What binds this login to this browser, kept in sessionStorage beside the cookie. */
  readonly bind: string;
  /** The same login again, for a window of its own where cookies hold. */
  readonly newWindowUrl: string;
}

/** The page that asks the browser for what the login left in its sessionStorage. */
export interface ProofPageView {
  readonly locale: PageLocale;
  readonly action: string;
  readonly state: string;
  /** The verified launch, sealed: only this tool can open it. */
  readonly sealedLaunch: string;
}

/** What a person can understand of a refusal; the precise reason is in the log under the same reference. */
export type RefusalKind =
  | 'request'
  | 'platform'
  | 'expired'
  | 'browser'
  | 'untrusted'
  | 'session'
  | 'form'
  | 'failure';

export interface RejectedPageView {
  readonly locale: PageLocale;
  readonly kind: RefusalKind;
  readonly reference: string;
  /** Where the course can be opened in a window of its own, if the platform said so. */
  readonly openUrl: string | null;
}

/** What a platform may ask for and this version does not do yet. */
export type FutureFeature = 'deep-linking' | 'submission-review' | 'registration' | 'canvas';

export interface NotYetPageView {
  readonly locale: PageLocale;
  readonly feature: FutureFeature;
}

/** The HTML pages of the LTI routes: complete documents without inline script. src/web/lti draws them. */
export interface LtiPages {
  loginPage(view: LoginPageView): string;
  proofPage(view: ProofPageView): string;
  rejectedPage(view: RejectedPageView): string;
  notYetPage(view: NotYetPageView): string;
}
