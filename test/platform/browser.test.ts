import fc from 'fast-check';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { CookieJar } from './cookie-jar.ts';
import { findContinuation, parseForms } from './html-forms.ts';

const origin = 'http://localhost:3000/a/b';

describe('the cookie jar of the test browser', () => {
  it('keeps a partitioned __Host- cookie on localhost and sends it back', () => {
    const jar = new CookieJar();
    jar.take('__Host-s=a=b; Path=/; Secure; HttpOnly; SameSite=None; Partitioned', origin);
    expect(jar.header(origin)).toBe('__Host-s=a=b');
    expect(jar.for(origin)).toMatchObject([{ partitioned: true, secure: true }]);
    expect(jar.header('http://127.0.0.1:3000/')).toBeUndefined();
  });

  it.each([
    ['__Host-s=1; Path=/', 'a __Host- cookie that is not Secure'],
    ['__Host-s=1; Secure', 'a __Host- cookie without Path=/'],
    ['__Host-s=1; Secure; Path=/; Domain=localhost', 'a __Host- cookie with a domain'],
    ['__Secure-s=1; Path=/', 'a __Secure- cookie that is not Secure'],
    ['s=1; SameSite=None', 'SameSite=None without Secure'],
    ['s=1; Partitioned', 'Partitioned without Secure'],
  ])('drops %s: %s', (line) => {
    const jar = new CookieJar();
    jar.take(line, origin);
    expect(jar.header(origin)).toBeUndefined();
  });

  it('takes no Secure cookie from a plain address that is not this machine', () => {
    const jar = new CookieJar();
    jar.take('s=1; Secure', 'http://example.org/');
    expect(jar.header('http://example.org/')).toBeUndefined();
  });

  it('lets cookies end by Max-Age, which wins over Expires, and by Expires', () => {
    let now = Date.parse('2026-01-01T00:00:00Z');
    const jar = new CookieJar(() => now);
    jar.take('a=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT', origin);
    jar.take('b=1; Expires=Thu, 01 Jan 2026 00:00:30 GMT', origin);
    expect(jar.header(origin)).toBe('a=1; b=1');
    now += 31_000;
    expect(jar.header(origin)).toBe('a=1');
    now += 30_000;
    expect(jar.header(origin)).toBeUndefined();
  });

  it('forgets a cookie that is set again with a date in the past', () => {
    const jar = new CookieJar();
    jar.take('a=1; Path=/', origin);
    jar.take('a=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT', origin);
    expect(jar.header(origin)).toBeUndefined();
  });

  it('honours the path', () => {
    const jar = new CookieJar();
    jar.take('a=1; Path=/a', origin);
    expect(jar.header(origin)).toBe('a=1');
    expect(jar.header('http://localhost:3000/ab')).toBeUndefined();
  });
});

describe('the forms of a page', () => {
  it('always give back the values a renderer escaped into them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (value, other) => {
        const html = renderToString(
          h('form', { method: 'post', action: '/go?a=1&b=2' }, [
            h('input', { type: 'hidden', name: 'v', value }),
            h('input', { name: 'o', value: other }),
          ]),
        );
        expect(parseForms(html, 'http://localhost/')).toMatchObject([
          { method: 'post', action: 'http://localhost/go?a=1&b=2', fields: { v: value, o: other } },
        ]);
      }),
    );
  });

  it('leave out unchecked boxes, buttons and disabled inputs', () => {
    const html = `<form id=f><input name=a value=1><input type=checkbox name=b value=1>
      <input type="radio" name='c' value="&#x32;" checked><input disabled name=d><input type=submit name=e></form>`;
    expect(parseForms(html)).toMatchObject([{ id: 'f', method: 'get', fields: { a: '1', c: '2' } }]);
  });

  it('are not followed unless they submit themselves or are called continue', () => {
    expect(findContinuation('<form action="/x"></form><a href="/y">y</a>', origin)).toBeUndefined();
    expect(findContinuation('<form id="continue" action="/x"></form>', origin)?.kind).toBe('form');
    expect(findContinuation('<a href="../z" id=continue>z</a>', origin)).toEqual({
      kind: 'link',
      href: 'http://localhost:3000/z',
    });
  });
});
