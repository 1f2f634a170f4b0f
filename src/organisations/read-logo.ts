import { createHash } from 'node:crypto';
import type { Logo, LogoType } from '../storage/ports/organisation-store.ts';

/** Bytes of a logo, at most. */
export const MOST_LOGO_BYTES = 200_000;
/** Pixels on a side, at most: a small file can hold a picture too large to be shown. */
const MOST_PIXELS = 4_000;

export type LogoFault = 'tooLarge' | 'noImage' | 'tooManyPixels' | 'active';

/** What a logo is by its bytes, whatever its name says; or why it is none that is taken. */
export function readLogo(bytes: Uint8Array): Logo | LogoFault {
  if (bytes.length > MOST_LOGO_BYTES) return 'tooLarge';
  const buffer = Buffer.from(bytes);
  const size = sizeOfPng(buffer) ?? sizeOfJpeg(buffer);
  if (size !== null) {
    if (size.width > MOST_PIXELS || size.height > MOST_PIXELS) return 'tooManyPixels';
    return size.width === 0 || size.height === 0 ? 'noImage' : logoOf(size.type, buffer);
  }
  const text = textOf(buffer);
  if (text === null || !isSvg(text)) return 'noImage';
  return isActive(text) ? 'active' : logoOf('image/svg+xml', buffer);
}

function logoOf(type: LogoType, bytes: Buffer): Logo {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { type, base64: bytes.toString('base64'), sha256 };
}

interface Size {
  readonly type: LogoType;
  readonly width: number;
  readonly height: number;
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** PNG: its signature, then the chunk IHDR with the sides (ISO 15948, 5.2 and 11.2.2). */
function sizeOfPng(bytes: Buffer): Size | null {
  if (bytes.length < 33 || !bytes.subarray(0, 8).equals(PNG)) return null;
  if (bytes.toString('latin1', 12, 16) !== 'IHDR') return null;
  return { type: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** JPEG: segments after SOI up to a start of frame, which holds the sides (ISO 10918-1, B.2.2). */
function sizeOfJpeg(bytes: Buffer): Size | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame)
      return { type: 'image/jpeg', height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}

function textOf(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** An XML document whose element is `svg`: nothing but declaration, comments and blanks before it. */
function isSvg(text: string): boolean {
  const start = text.replace(/^\uFEFF?(?:\s|<\?xml[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE svg [^>[]*>)*/i, '');
  return /^<svg[\s>]/.test(start) && /<\/svg>\s*$/.test(start);
}

/**
 * What could act or fetch. Pictures in a page never run scripts and ours are served without that right; still, nothing
 * of the kind is kept.
 */
function isActive(text: string): boolean {
  return (
    /<!ENTITY|<\?xml-stylesheet|<(?:[\w-]+:)?(?:script|foreignObject|iframe|object|embed|handler)\b/i.test(
      text,
    ) ||
    /\son[a-z]+\s*=/i.test(text) ||
    /(?:href|src)\s*=\s*["']\s*(?!#|data:image\/(?:png|jpeg);)/i.test(text) ||
    /@import|url\(\s*["']?\s*(?!#)/i.test(text)
  );
}
