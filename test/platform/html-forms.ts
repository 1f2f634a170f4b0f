/** A form of a page: where it goes, how, and the named values it would send untouched. */
export interface HtmlForm {
  readonly id: string | undefined;
  readonly method: 'get' | 'post';
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Where a page goes on without a person's choice. */
export type Continuation =
  | { readonly kind: 'form'; readonly form: HtmlForm }
  | { readonly kind: 'link'; readonly href: string };

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
};

/** Decodes the character references that attribute values in practice carry. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (typeof hex === 'string') return String.fromCodePoint(Number.parseInt(hex, 16));
    if (typeof decimal === 'string') return String.fromCodePoint(Number.parseInt(decimal, 10));
    return typeof name === 'string' ? (named[name] ?? whole) : whole;
  });
}

function attributesOf(tag: string): Record<string, string> {
  const inner = tag.replace(/^<\w+/, '').replace(/\/?>$/, '');
  const pattern = /([^\s=/"'>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
  return Object.fromEntries(
    [...inner.matchAll(pattern)].map(([, name = '', double, single, bare]) => [
      name.toLowerCase(),
      decodeEntities(double ?? single ?? bare ?? ''),
    ]),
  );
}

function tagsNamed(html: string, name: string): readonly Record<string, string>[] {
  const pattern = new RegExp(`<${name}\\b(?:"[^"]*"|'[^']*'|[^'">])*>`, 'gi');
  return [...html.matchAll(pattern)].map(([tag]) => attributesOf(tag));
}

function fieldsOf(content: string): Record<string, string> {
  const sent = tagsNamed(content, 'input').filter((input) => {
    const type = input.type?.toLowerCase() ?? 'text';
    if (input.disabled !== undefined || !input.name) return false;
    if (type === 'checkbox' || type === 'radio') return input.checked !== undefined;
    return !['submit', 'button', 'image', 'reset', 'file'].includes(type);
  });
  return Object.fromEntries(sent.map((input) => [input.name ?? '', input.value ?? '']));
}

/** The forms of a page with the inputs they would send, entities decoded, actions made absolute against `base`. */
export function parseForms(html: string, base = 'http://localhost/'): readonly HtmlForm[] {
  const pattern = /(<form\b(?:"[^"]*"|'[^']*'|[^'">])*>)([\s\S]*?)<\/form>/gi;
  return [...html.matchAll(pattern)].map(([, tag = '', content = '']) => {
    const attributes = attributesOf(tag);
    return {
      id: attributes.id,
      method: attributes.method?.toLowerCase() === 'post' ? 'post' : 'get',
      action: new URL(attributes.action || base, base).href,
      fields: fieldsOf(content),
      attributes,
    };
  });
}

/**
 * The step a page takes by itself: a form that submits itself (`data-auto-submit`) or is called `continue`, a link
 * called `continue`, or a meta refresh. Undefined for a page that waits for a person.
 */
export function findContinuation(html: string, base: string): Continuation | undefined {
  const form = parseForms(html, base).find(
    ({ id, attributes }) => id === 'continue' || attributes['data-auto-submit'] !== undefined,
  );
  if (form !== undefined) return { kind: 'form', form };
  const link = tagsNamed(html, 'a').find(({ id, href }) => id === 'continue' && href !== undefined);
  if (link?.href !== undefined) return { kind: 'link', href: new URL(link.href, base).href };
  const refresh = tagsNamed(html, 'meta').find((meta) => meta['http-equiv']?.toLowerCase() === 'refresh');
  const target = /^\s*\d+\s*;\s*url\s*=\s*['"]?([^'"]+)/i.exec(refresh?.content ?? '')?.[1];
  return target === undefined ? undefined : { kind: 'link', href: new URL(target.trim(), base).href };
}

/** The address of the frame with this name, or undefined. */
export function frameAddress(html: string, name: string, base: string): string | undefined {
  const src = tagsNamed(html, 'iframe').find((frame) => frame.name === name)?.src;
  return src === undefined ? undefined : new URL(src, base).href;
}
