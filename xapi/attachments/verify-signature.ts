import { X509Certificate } from 'node:crypto';
import { compactVerify, decodeProtectedHeader, type ProtectedHeaderParameters } from 'jose';
import { AssiduError } from '../../src/base/errors.ts';
import type { AcceptLimits } from '../statement/accepted.ts';
import { sameStatement } from '../statement/digest.ts';
import type { Statement, XapiVersion } from '../statement/types.ts';
import { acceptStatements } from '../statement/validate.ts';

/** usageType of the attachment that signs its statement (1.0.3 Data 2.6). */
export const SIGNATURE = 'http://adlnet.gov/expapi/attachments/signature';

const ALGORITHMS = ['RS256', 'RS384', 'RS512'];
const COMPACT = /^[\w-]+\.([\w-]+)\.[\w-]+$/;

/**
 * Holds a statement's signature against 1.0.3 Data 2.6: a compact JWS by RSA whose payload is the statement before it
 * was signed. Against the first certificate of `x5c` it is verified where there is one; whether that certificate is to
 * be trusted is not asked here. Throws `invalid-statement` at `path`.
 */
export async function verifySignature(
  statement: Statement,
  signature: { readonly path: string; readonly bytes: Uint8Array },
  version: XapiVersion,
  limits: AcceptLimits,
): Promise<void> {
  const fault = (message: string, cause?: unknown) => {
    const said = `${message} (1.0.3 Data 2.6)`;
    const problems = [{ path: signature.path, message: said }];
    return new AssiduError('invalid-statement', `${signature.path}: ${said}`, { problems, cause });
  };
  const jws = Buffer.from(signature.bytes).toString('latin1');
  const [, encoded] = COMPACT.exec(jws) ?? [];
  if (encoded === undefined) throw fault('the signature is no JWS in compact serialization');

  let header: ProtectedHeaderParameters;
  try {
    header = decodeProtectedHeader(jws);
  } catch (error) {
    throw fault('the header of the signature cannot be read', error);
  }
  if (header.alg === undefined || !ALGORITHMS.includes(header.alg))
    throw fault(`the signature must be by ${ALGORITHMS.join(', ')}`);
  if (header.crit !== undefined) throw fault('the header of the signature asks for an extension (crit)');
  if (header.x5c !== undefined) await verifyWith(header.x5c, jws, fault);

  const signed = signedStatement(encoded, version, limits, fault);
  if (signed.id !== undefined && statement.id !== undefined && differ(signed.id, statement.id))
    throw fault('the signed statement has another id');
  if (!sameStatement(unsigned(signed), unsigned(statement)))
    throw fault('the signed statement is not the one that was sent');
}

type Fault = (message: string, cause?: unknown) => AssiduError;

async function verifyWith(x5c: unknown, jws: string, fault: Fault): Promise<void> {
  const first: unknown = Array.isArray(x5c) ? x5c[0] : undefined;
  if (typeof first !== 'string' || !/^[A-Za-z0-9+/]+=*$/.test(first))
    throw fault('x5c must be an array of certificates in base64');
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(Buffer.from(first, 'base64'));
  } catch (error) {
    throw fault('the first certificate of x5c cannot be read', error);
  }
  try {
    await compactVerify(jws, certificate.publicKey, { algorithms: ALGORITHMS });
  } catch (error) {
    // A key that is not RSA, or of less than 2048 bits (RFC 7518 3.3), is a TypeError of jose's.
    const why = error instanceof TypeError ? `: ${error.message}` : '';
    throw fault(`the signature does not verify with the first certificate of x5c${why}`, error);
  }
}

function signedStatement(
  encoded: string,
  version: XapiVersion,
  limits: AcceptLimits,
  fault: Fault,
): Statement {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(encoded, 'base64url'));
  } catch (error) {
    throw fault('the payload of the signature is not UTF-8', error);
  }
  if (!text.trimStart().startsWith('{')) throw fault('the payload of the signature is not a statement');
  try {
    const [accepted] = acceptStatements(text, version, limits);
    if (accepted) return accepted.statement;
  } catch (error) {
    const why = error instanceof AssiduError ? error.message : 'it cannot be read';
    throw fault(`the payload of the signature is not a statement: ${why}`, error);
  }
  throw fault('the payload of the signature is empty');
}

/** The statement before anyone signed it: one signature does not sign another. */
function unsigned(statement: Statement): Statement {
  const { attachments, ...rest } = statement;
  const others = attachments?.filter(({ usageType }) => usageType !== SIGNATURE) ?? [];
  return others.length === 0 ? rest : { ...rest, attachments: others };
}

function differ(left: string, right: string): boolean {
  return left.toLowerCase() !== right.toLowerCase();
}
