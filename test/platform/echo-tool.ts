import { createServer } from 'node:http';
import express from 'express';
import type { DemoLms } from './demo-types.ts';
import { textMembers } from './request-text.ts';

/** The smallest tool that can be launched into: it asks, sets a cookie, and shows what it was told. */
export interface EchoTool {
  readonly origin: string;
  /** Every login and launch it received, as parameters. */
  readonly received: readonly Readonly<Record<string, string>>[];
  close(): Promise<void>;
}

export interface EchoToolOptions {
  readonly lms: () => DemoLms;
  /** How the login goes on to the platform. */
  readonly style: 'redirect' | 'form' | 'link' | 'refresh';
  /** Changes to the authentication request; an empty text leaves the parameter out. */
  readonly ask?: Readonly<Record<string, string>>;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

function continuation(style: EchoToolOptions['style'], authUrl: string, asked: URLSearchParams): string {
  const url = escaped(`${authUrl}?${asked}`);
  const inputs = [...asked].map(([n, v]) => `<input type="hidden" name="${n}" value="${escaped(v)}">`);
  switch (style) {
    case 'form':
      return `<form id="continue" method="post" action="${authUrl}">${inputs.join('')}<button>Go</button></form>`;
    case 'link':
      return `<a class="x" id="continue" href="${url}">Go</a>`;
    default:
      return `<meta http-equiv="refresh" content="0; url=${url}">`;
  }
}

/** Starts the tool on a free port of this machine. */
export async function startEchoTool(options: EchoToolOptions): Promise<EchoTool> {
  const received: Record<string, string>[] = [];
  const app = express().use(express.urlencoded({ extended: false }));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  const origin = `http://localhost:${typeof address === 'object' && address !== null ? address.port : ''}`;
  app.all('/lti/login', (req, res) => {
    const login = { ...textMembers(req.query), ...textMembers(req.body) };
    received.push({ method: req.method, ...login });
    const wanted = {
      scope: 'openid',
      response_type: 'id_token',
      response_mode: 'form_post',
      prompt: 'none',
      client_id: login.client_id ?? '',
      redirect_uri: `${origin}/lti/launch`,
      login_hint: login.login_hint ?? '',
      lti_message_hint: login.lti_message_hint ?? '',
      state: 'state-"1"',
      nonce: 'nonce-1',
      ...options.ask,
    };
    const asked = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value !== ''));
    const { authUrl } = options.lms();
    res.append(
      'Set-Cookie',
      '__Host-bind=b1; Path=/; Secure; HttpOnly; SameSite=None; Partitioned; Max-Age=300',
    );
    if (options.style === 'redirect') res.redirect(`${authUrl}?${asked}`);
    else res.send(`<!DOCTYPE html><title>…</title>${continuation(options.style, authUrl, asked)}`);
  });
  app.post('/lti/launch', (req, res) => {
    received.push({ method: req.method, cookie: req.headers.cookie ?? '', ...textMembers(req.body) });
    res.redirect(303, '/home');
  });
  app.get('/home', (_req, res) => {
    res.send('<h1>Home</h1><form method="get"><input name="q"></form>');
  });
  return {
    origin,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
