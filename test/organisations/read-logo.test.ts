import { describe, expect, it } from 'vitest';
import { readLogo } from '../../src/organisations/read-logo.ts';
import { JPEG, PNG, png, SVG } from './logos.ts';

const svg = (inner: string) => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${inner}</svg>`);

describe('a logo', () => {
  it('is what its bytes say', () => {
    expect([PNG, JPEG, SVG].map((bytes) => readLogo(bytes))).toMatchObject([
      { type: 'image/png' },
      { type: 'image/jpeg' },
      { type: 'image/svg+xml' },
    ]);
  });

  it('keeps its bytes, and is known by their digest', () => {
    const logo = readLogo(PNG);
    if (typeof logo === 'string') throw new Error(logo);
    expect(Buffer.from(logo.base64, 'base64').equals(PNG)).toBe(true);
    expect(logo.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a page', Buffer.from('<!doctype html><html><body><svg></svg></body></html>')],
    ['a text that begins like a PNG', Buffer.from('\x89PNG and no more', 'latin1')],
    ['a GIF', Buffer.from('GIF89a....................................')],
    ['a cut JPEG', JPEG.subarray(0, 8)],
    ['an SVG that goes on as something else', Buffer.from(`${SVG}<script>`)],
    ['a PNG without width', png(0, 10)],
  ])('is refused that is no image: %s', (_what, bytes) => {
    expect(readLogo(bytes)).toBe('noImage');
  });

  it.each([
    '<script>alert(1)</script>',
    '<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>',
    '<rect onload="alert(1)"/>',
    '<rect\nONCLICK = "alert(1)"/>',
    '<foreignObject><p>x</p></foreignObject>',
    '<image href="https://evil.example/x.png"/>',
    '<use xlink:href="//evil.example/x#y"/>',
    '<a href="javascript:alert(1)"><rect/></a>',
    '<image href="data:image/svg+xml;base64,AAAA"/>',
    '<style>@import "https://evil.example/x.css";</style>',
    '<rect fill="url(https://evil.example/x#y)"/>',
  ])('is refused that could act or fetch: %s', (inner) => {
    expect(readLogo(svg(inner))).toBe('active');
  });

  it('may refer to its own parts and hold pictures', () => {
    const inner =
      '<defs><g id="a"/></defs><use href="#a"/><rect fill="url(#a)"/><image href="data:image/png;base64,AA=="/>';
    expect(readLogo(svg(inner))).toMatchObject({ type: 'image/svg+xml' });
  });

  it('is refused that is too large, in bytes or in pixels', () => {
    expect(readLogo(Buffer.alloc(200_001))).toBe('tooLarge');
    expect(readLogo(png(4_001, 10))).toBe('tooManyPixels');
  });
});
