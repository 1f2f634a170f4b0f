import type { PlacedItem } from './deep-links.ts';
import type { LineItem } from './line-items.ts';
import type { ServiceCall } from './lms-state.ts';
import type { ServiceFault } from './service-faults.ts';

/** A person of the demo LMS. `roles` are full IRIs; for Moodle the id is numeric text, as Moodle's own are. */
export interface DemoUser {
  readonly id: string;
  readonly name: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string;
  readonly username: string;
  readonly roles: readonly string[];
  readonly locale?: string;
  /** Ids of the people whom this person mentors, where the platform says so. */
  readonly mentees?: readonly string[];
  /** The institution's number of this person; absent: Moodle sends `""`, Canvas the literal variable. */
  readonly sourcedId?: string;
  /** Of the enrolments. Moodle leaves suspended people out of its rosters; Canvas names them. */
  readonly status?: 'Active' | 'Inactive' | 'Deleted';
}

/** A placement of the tool in a course. `graded: false` leaves the line item out of the launch. */
export interface DemoLink {
  readonly id: string;
  readonly title: string;
  readonly targetLinkUri?: string;
  readonly custom?: Readonly<Record<string, string>>;
  readonly graded?: boolean;
}

/** A course: its groups by id, its links, and who belongs to it (everybody when `members` is absent). */
export interface DemoCourse {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  readonly links: readonly DemoLink[];
  readonly members?: readonly string[];
}

/** The tool as this platform has registered it. */
export interface DemoTool {
  readonly clientId: string;
  readonly deploymentId: string;
  readonly loginUrl: string;
  readonly launchUrl: string;
  readonly redirectUris: readonly string[];
  /** Where the tool publishes its keys; without it no access token is given. */
  readonly toolJwksUrl?: string;
}

export interface DemoLmsOptions {
  readonly profile: 'moodle' | 'canvas';
  /** 0 or absent: any free port. */
  readonly port?: number;
  readonly host?: string;
  readonly name: string;
  readonly users: readonly DemoUser[];
  readonly courses: readonly DemoCourse[];
  readonly clock?: () => Date;
  readonly shareNames?: boolean;
  /** Where Canvas keeps values for tools: a frame of its own that every login names (the default), its page, or nothing said. */
  readonly storage?: 'post_message_forwarding' | '_parent' | 'unannounced';
  /** Canvas has one issuer for every tenant; the default is this LMS's own URL. */
  readonly issuer?: string;
}

export type DemoKey = 'current' | 'other' | 'hs256-public' | 'encryption';

/** What a hand-made id_token says. In `overrides` and `header`, `undefined` removes the member. */
export interface IdTokenRequest {
  readonly user: string;
  readonly course: string;
  readonly link?: string;
  readonly clientId: string;
  readonly nonce: string;
  readonly messageType?: string;
  readonly overrides?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly alg?: string;
  readonly key?: DemoKey;
}

export interface DemoLms {
  readonly issuer: string;
  readonly url: string;
  readonly authUrl: string;
  readonly tokenUrl: string;
  readonly jwksUrl: string;
  registerTool(tool: DemoTool): void;
  /** The address by which an administrator begins the dynamic registration of a tool, or registers it anew. */
  registrationUrl(toolUrl: string, update?: string): Promise<string>;
  /** Bodies of the registrations it took, by client id. */
  registrations(): Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Lets a tool that registered itself launch, from this deployment; Moodle has one already. Answers the deployment. */
  activate(clientId: string, deployment?: string): string;
  /** Signs with a new key from now on; the one before stays in the JWKS until the next rotation. */
  rotateKeys(): Promise<void>;
  idToken(request: IdTokenRequest): Promise<string>;
  /** Faults of services, each happening once. */
  fail(...faults: readonly ServiceFault[]): void;
  /** Nothing that was to go wrong will. */
  heal(): void;
  /** What tools placed by deep linking, oldest first. */
  readonly placed: readonly PlacedItem[];
  /** Every request to a service, oldest first. */
  readonly requests: readonly ServiceCall[];
  /** The grade columns, by their number. */
  readonly lineItems: Map<string, LineItem>;
  close(): Promise<void>;
}
