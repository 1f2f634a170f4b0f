/** Why a registration does not go on; stable words of the log. */
export type RegistrationReason =
  | 'request-incomplete'
  | 'origin-foreign'
  | 'busy'
  | 'configuration-address'
  | 'configuration-unreachable'
  | 'configuration-invalid'
  | 'issuer-foreign'
  | 'endpoint-insecure'
  | 'platform-unreachable'
  | 'platform-refused'
  | 'answer-invalid';

/** A registration that does not go on: an expected outcome. `detail` never holds a token or a query. */
export interface RegistrationFault {
  readonly kind: 'fault';
  readonly reason: RegistrationReason;
  readonly detail: string;
  /** What the platform said of it, where it is fit to be shown. */
  readonly platformSays: string | null;
}

/** A fault for this reason. */
export function registrationFault(
  reason: RegistrationReason,
  detail = '',
  platformSays: string | null = null,
): RegistrationFault {
  return { kind: 'fault', reason, detail, platformSays };
}

/** The HTTP status that goes with a reason. */
export function statusOfFault(reason: RegistrationReason): number {
  switch (reason) {
    case 'origin-foreign':
      return 403;
    case 'busy':
      return 503;
    case 'configuration-unreachable':
    case 'platform-unreachable':
    case 'platform-refused':
    case 'answer-invalid':
      return 502;
    default:
      return 400;
  }
}
