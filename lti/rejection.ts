import type { RefusalKind } from './pages.ts';

/** Why a login or a launch is refused; stable words of the log. */
export type RejectionReason =
  | 'request-malformed'
  | 'platform-unknown'
  | 'platform-ambiguous'
  | 'platform-inactive'
  | 'platform-pending'
  | 'platform-error'
  | 'target-elsewhere'
  | 'state-unknown'
  | 'state-used'
  | 'state-expired'
  | 'token-malformed'
  | 'token-algorithm'
  | 'token-key'
  | 'token-keys-unavailable'
  | 'token-signature'
  | 'token-claim'
  | 'token-authorized-party'
  | 'claims-invalid'
  | 'nonce-mismatch'
  | 'deployment-not-approved'
  | 'deployment-mismatch'
  | 'target-mismatch'
  | 'browser-without-proof'
  | 'browser-mismatch'
  | 'held-launch-invalid'
  | 'origin-foreign'
  | 'session-missing'
  | 'launch-foreign'
  | 'form-token';

/** A refusal: an expected outcome. `detail` names claims and fields, never their secret values. */
export interface Rejection {
  readonly kind: 'rejected';
  readonly reason: RejectionReason;
  readonly detail: string;
}

/** A refusal for this reason. */
export function rejected(reason: RejectionReason, detail = ''): Rejection {
  return { kind: 'rejected', reason, detail };
}

/** The status and the plain explanation that go with a reason. */
export function answerTo(reason: RejectionReason): { readonly status: number; readonly kind: RefusalKind } {
  switch (reason) {
    case 'request-malformed':
    case 'target-elsewhere':
      return { status: 400, kind: 'request' };
    case 'platform-unknown':
    case 'platform-ambiguous':
    case 'platform-inactive':
    case 'deployment-mismatch':
      return { status: 403, kind: 'platform' };
    case 'platform-pending':
    case 'deployment-not-approved':
      return { status: 403, kind: 'waiting' };
    case 'state-unknown':
    case 'state-used':
    case 'state-expired':
    case 'held-launch-invalid':
      return { status: 401, kind: 'expired' };
    case 'platform-error':
      return { status: 401, kind: 'unconfirmed' };
    case 'browser-without-proof':
    case 'browser-mismatch':
      return { status: 401, kind: 'browser' };
    case 'session-missing':
    case 'launch-foreign':
      return { status: 401, kind: 'session' };
    case 'origin-foreign':
    case 'form-token':
      return { status: 403, kind: 'form' };
    default:
      return { status: 401, kind: 'untrusted' };
  }
}
