import type { PageLocale } from '../pages.ts';
import type { RegistrationReason } from './faults.ts';

/** What is asked of a platform, in kinds that a person understands. */
export interface AskedView {
  readonly roster: boolean;
  readonly grades: boolean;
  readonly names: boolean;
  readonly email: boolean;
  /** Names of LTI messages. */
  readonly messages: readonly string[];
  /** As the platform calls them. */
  readonly placements: readonly string[];
}

/** The page before anything is sent to a platform: what it is, what it will be asked, a code, a button. */
export interface RegisterPageView {
  readonly locale: PageLocale;
  readonly action: string;
  readonly platform: { readonly name: string; readonly issuer: string; readonly product: string };
  readonly asked: AskedView;
  readonly openidConfiguration: string;
  readonly registrationToken: string;
  /** Why the code sent before was not taken. */
  readonly codeProblem: 'unknown' | 'used' | 'expired' | null;
}

/** The page after the platform has accepted. */
export interface RegisteredPageView {
  readonly locale: PageLocale;
  readonly outcome: 'active' | 'updated' | 'pending' | 'unchanged';
  readonly platformName: string;
  readonly registrationId: string;
  /** Whether a launch must first be approved, or is by itself; null when a deployment is approved already. */
  readonly deployment: 'first-launch' | 'to-approve' | null;
  /** Origins of the platform's windows, which are told that they may close this one. */
  readonly closeTargets: readonly string[];
}

/** The page of a registration that does not go on. */
export interface RegistrationFaultView {
  readonly locale: PageLocale;
  readonly reason: RegistrationReason;
  readonly platformSays: string | null;
  readonly reference: string;
  readonly manualUrl: string;
}

/** A value to copy into a form of a platform; several lines where it has line breaks. */
export interface ManualValue {
  readonly field: ManualField;
  readonly value: string;
}

/** The fields of Moodle's and Canvas's forms; src/web/lti has their words. */
export type ManualField =
  | 'register'
  | 'tool-name'
  | 'tool-url'
  | 'keyset-url'
  | 'login-url'
  | 'redirect-url'
  | 'custom'
  | 'icon-url'
  | 'canvas-json';

/** The page of the values to enter by hand. */
export interface ManualPageView {
  readonly locale: PageLocale;
  readonly languageUrl: string;
  readonly moodle: readonly ManualValue[];
  readonly canvas: readonly ManualValue[];
}

/** The page into which a review code is typed. */
export interface ReviewEntryView {
  readonly locale: PageLocale;
  readonly action: string;
  /** Why the code was not taken, or the review does not go on. */
  readonly problem: 'unknown' | 'used' | 'expired' | 'ended' | 'foreign' | null;
}

/** A platform that registered itself and waits. Its name and product are its own words. */
export interface PendingView {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly product: string | null;
  readonly deployments: readonly string[];
  /** Null where nothing was kept of it. */
  readonly asked: Pick<AskedView, 'roster' | 'grades' | 'names' | 'email'> | null;
  readonly scopes: readonly string[];
  /** Origins: where people sign in, where our requests for tokens go, where its keys come from, who may frame us. */
  readonly signsIn: string;
  readonly tokens: string;
  readonly keys: string;
  readonly frames: readonly string[];
  /** ms since the epoch. */
  readonly createdAt: number;
}

/** A deployment that was turned away and waits. */
export interface WaitingView {
  readonly id: string;
  readonly platformName: string;
  readonly issuer: string;
  readonly deployment: string;
  /** ms since the epoch. */
  readonly seenAt: number;
}

/** What has just been done. `gone`: what was to be decided is not there any more. */
export interface ReviewNotice {
  readonly kind: 'approved' | 'refused' | 'deployment' | 'gone';
  readonly platformName: string;
}

/** The page on which platforms and deployments are approved or refused. */
export interface ReviewPageView {
  readonly locale: PageLocale;
  readonly action: string;
  /** Whose the approved platforms will be. */
  readonly org: string;
  /** The review, sealed. */
  readonly review: string;
  /** ms since the epoch. */
  readonly until: number;
  readonly pending: readonly PendingView[];
  readonly deployments: readonly WaitingView[];
  readonly notice: ReviewNotice | null;
}

/** The HTML pages of registration: complete documents without inline script. */
export interface RegistrationPages {
  registerPage(view: RegisterPageView): string;
  registeredPage(view: RegisteredPageView): string;
  registrationFaultPage(view: RegistrationFaultView): string;
  manualPage(view: ManualPageView): string;
  reviewEntryPage(view: ReviewEntryView): string;
  reviewPage(view: ReviewPageView): string;
}
