import { type KeyObject, sign } from 'node:crypto';

/** One DER element. */
function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const size = content.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const sequence = (...contents: readonly Uint8Array[]) => der(0x30, ...contents);
/** sha256WithRSAEncryption, 1.2.840.113549.1.1.11. */
const SHA256_RSA = sequence(Buffer.from('06092a864886f70d01010b0500', 'hex'));
/** commonName, 2.5.4.3. */
const COMMON_NAME = Buffer.from('0603550403', 'hex');

/** A certificate (X.509 v1, RFC 5280) for a public key, signed by an RSA key, in base64 as `x5c` has it. */
export function certificate(publicKey: KeyObject, signedWith: KeyObject): string {
  const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from('a test')))));
  const validity = sequence(der(0x17, Buffer.from('250101000000Z')), der(0x17, Buffer.from('490101000000Z')));
  const serial = der(0x02, Buffer.from([1]));
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const toBeSigned = sequence(serial, SHA256_RSA, name, validity, name, key);
  const signature = der(0x03, Buffer.from([0]), sign('sha256', toBeSigned, signedWith));
  return sequence(toBeSigned, SHA256_RSA, signature).toString('base64');
}
