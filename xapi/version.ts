import { AssiduError } from '../src/base/errors.ts';
import type { XapiVersion } from './statement/types.ts';

/** Versions this LRS speaks, as About says (xAPI 1.0.3 Communication 2.8). */
export const SUPPORTED_VERSIONS = ['1.0.0', '1.0.1', '1.0.2', '1.0.3', '2.0.0'] as const;

/**
 * The version a request asks for in X-Experience-API-Version (1.0.3 Communication 3.3; IEEE 9274.1.1 4.1.4).
 * Throws `invalid-request` when missing or not supported.
 */
export function versionOf(header: string | undefined): XapiVersion {
  const asked = header?.trim() ?? '';
  if (/^1\.0(\.\d+)?$/.test(asked)) return '1.0.3';
  if (/^2\.0(\.\d+)?$/.test(asked)) return '2.0.0';
  throw new AssiduError(
    'invalid-request',
    asked === ''
      ? 'the header X-Experience-API-Version is needed'
      : `X-Experience-API-Version: ${asked.slice(0, 20)} is not one of ${SUPPORTED_VERSIONS.join(', ')}`,
    { problems: [{ path: 'X-Experience-API-Version', message: 'must be 1.0.x or 2.0.x' }] },
  );
}
