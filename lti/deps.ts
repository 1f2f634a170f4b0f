import type { Outgoing } from '../src/base/outgoing.ts';
import type { InvitationStore } from '../src/storage/ports/invitation-store.ts';
import type { Launch, LaunchStore } from '../src/storage/ports/launch-store.ts';
import type { RegistrationStore } from '../src/storage/ports/registration-store.ts';
import type { LtijsRecordStore, ToolKeyStore } from '../src/storage/ports/tool-key-store.ts';
import type { LtiClaims } from './claims.ts';
import type { LtiPages } from './pages.ts';

type LogLine = (fields: Readonly<Record<string, unknown>>, message: string) => void;

/** What the application hands in. */
export interface LtiDeps {
  readonly registrations: RegistrationStore;
  readonly invitations: InvitationStore;
  readonly launches: LaunchStore;
  readonly toolKeys: ToolKeyStore;
  readonly ltijsRecords: LtijsRecordStore;
  /** Where browsers and platforms reach this tool; its origin is ours. */
  readonly publicUrl: string;
  /** Master secret, 32 characters or more. */
  readonly secret: string;
  /** ms since the epoch. */
  readonly clock: () => number;
  readonly random: (bytes: number) => Buffer;
  readonly fetch: typeof fetch;
  /** For addresses that strangers name. */
  readonly outgoing: Outgoing;
  /** Whether those may be on this machine, by plain http too. */
  readonly allowPrivate: boolean;
  readonly log: { readonly info: LogLine; readonly warn: LogLine; readonly error: LogLine };
  readonly pages: LtiPages;
  /** Decides the page of a verified launch: a path under /app/. The launch and its session are saved already. */
  readonly onLaunch: (launch: Launch, claims: LtiClaims) => Promise<{ readonly location: string }>;
}

/** A URL of ours below the public URL. */
export function ownUrl(publicUrl: string, path: string): string {
  return `${publicUrl.replace(/\/+$/, '')}${path}`;
}

/** True for a URL whose origin is ours. */
export function isOurs(publicUrl: string, url: string): boolean {
  return URL.canParse(url) && new URL(url).origin === new URL(publicUrl).origin;
}
