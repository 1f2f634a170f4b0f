import { randomBytes } from 'node:crypto';
import { hashOfCode, newCode } from '../../lti/registration/code.ts';
import type { Storage } from '../../src/storage/ports/index.ts';
import type { Invitation } from '../../src/storage/ports/invitation-store.ts';
import { parseForms } from '../platform/browser.ts';

/** A code that registers a platform, as `assidu platform invite` makes one. */
export async function invite(storage: Storage, changes: Partial<Invitation> = {}): Promise<string> {
  const code = newCode(randomBytes);
  await storage.invitations.insert({
    hash: hashOfCode(code),
    org: 'default',
    createdAt: Date.now(),
    expiresAt: Date.now() + 60_000,
    firstDeployment: false,
    usedAt: null,
    usedBy: null,
    ...changes,
  });
  return code;
}

/** A page as a browser got it. */
export interface Shown {
  readonly status: number;
  readonly html: string;
  readonly headers: Headers;
}

async function shownBy(request: Promise<Response>): Promise<Shown> {
  const response = await request;
  return { status: response.status, html: await response.text(), headers: response.headers };
}

/** Opens the page that a platform opens to register a tool. */
export function openRegistration(url: string, language = 'en'): Promise<Shown> {
  return shownBy(fetch(url, { redirect: 'manual', headers: { 'accept-language': language } }));
}

/** Presses the button of that page, with a code in its field. */
export function confirmRegistration(page: Shown, code = '', origin?: string): Promise<Shown> {
  const [form] = parseForms(page.html, 'http://no-base.example/');
  if (form === undefined) throw new Error(`no form in: ${page.html}`);
  return shownBy(
    fetch(form.action, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: origin ?? new URL(form.action).origin, 'accept-language': 'en' },
      body: new URLSearchParams({ ...form.fields, code }),
    }),
  );
}

/** Opens the page and presses its button. */
export async function registerAt(url: string, code?: string): Promise<Shown> {
  return confirmRegistration(await openRegistration(url), code);
}

/** The heading of a page. */
export const titleOf = ({ html }: Shown): string => /<h1>([^<]*)<\/h1>/.exec(html)?.[1] ?? '';
