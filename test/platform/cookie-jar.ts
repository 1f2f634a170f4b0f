/** A cookie as the jar keeps it; without `expiresAt` it lives as long as the jar. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly host: string;
  readonly path: string;
  readonly secure: boolean;
  readonly partitioned: boolean;
  readonly expiresAt?: number;
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

function isTrustworthy(url: URL): boolean {
  return url.protocol === 'https:' || loopback.has(url.hostname);
}

function attributesOf(parts: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    parts.map((part) => {
      const [name = '', ...value] = part.split('=');
      return [name.trim().toLowerCase(), value.join('=').trim()];
    }),
  );
}

function expiry(attributes: ReadonlyMap<string, string>, now: number): number | undefined {
  const maxAge = attributes.get('max-age');
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return now + Number(maxAge) * 1000;
  const expires = Date.parse(attributes.get('expires') ?? '');
  return Number.isNaN(expires) ? undefined : expires;
}

/** Whether a browser would take this cookie from this address (RFC 6265bis §5.7, CHIPS). */
function acceptable(name: string, url: URL, attributes: ReadonlyMap<string, string>): boolean {
  const secure = attributes.has('secure');
  if (secure && !isTrustworthy(url)) return false;
  const needsSecure =
    name.startsWith('__Secure-') ||
    name.startsWith('__Host-') ||
    attributes.has('partitioned') ||
    attributes.get('samesite')?.toLowerCase() === 'none';
  if (needsSecure && !secure) return false;
  return !name.startsWith('__Host-') || (attributes.get('path') === '/' && !attributes.has('domain'));
}

/** The cookies of one browser, by host: as in a browser, two ports of a host share them. */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Takes one Set-Cookie line received from this address; what a browser refuses is dropped. */
  take(line: string, address: string): void {
    const url = new URL(address);
    const [pair = '', ...rest] = line.split(';');
    const [rawName = '', ...rawValue] = pair.split('=');
    const name = rawName.trim();
    const attributes = attributesOf(rest);
    if (name === '' || !acceptable(name, url, attributes)) return;
    const path = attributes.get('path') || '/';
    const key = `${url.hostname} ${path} ${name}`;
    const expiresAt = expiry(attributes, this.#now());
    if (expiresAt !== undefined && expiresAt <= this.#now()) {
      this.#cookies.delete(key);
      return;
    }
    this.#cookies.set(key, {
      name,
      value: rawValue.join('=').trim(),
      host: url.hostname,
      path,
      secure: attributes.has('secure'),
      partitioned: attributes.has('partitioned'),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    });
  }

  /** The living cookies a request to this address carries. */
  for(address: string): readonly Cookie[] {
    const url = new URL(address);
    return [...this.#cookies.values()].filter(
      (cookie) =>
        cookie.host === url.hostname &&
        (cookie.path === '/' || url.pathname === cookie.path || url.pathname.startsWith(`${cookie.path}/`)) &&
        (!cookie.secure || isTrustworthy(url)) &&
        (cookie.expiresAt === undefined || cookie.expiresAt > this.#now()),
    );
  }

  /** The Cookie header for this address, or undefined. */
  header(address: string): string | undefined {
    const cookies = this.for(address);
    return cookies.length === 0 ? undefined : cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  }
}
