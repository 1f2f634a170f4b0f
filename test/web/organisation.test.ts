import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type Visit, type World } from '../authorisation/world.ts';
import { PNG, SVG } from '../organisations/logos.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.assidu.close());

const dlm = { role: 'dlm' } as const;

/** Sends the form as a browser would, its token in a field. */
async function save(visit: Visit, fields: Readonly<Record<string, string | Buffer>>) {
  const form = new FormData();
  const { 'x-csrf-token': token = '', ...headers } = visit.headers;
  form.set('_csrf', token);
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') form.set(name, value);
    else form.set(name, new Blob([new Uint8Array(value)]), 'logo');
  }
  const response = await fetch(`${world.assidu.url}/app/${visit.launch}/organisation`, {
    method: 'POST',
    headers,
    body: form,
  });
  return { status: response.status, text: await response.text() };
}
const get = (path: string, headers: Readonly<Record<string, string>> = { authorization: '' }) =>
  world.assidu.request('GET', path, undefined, headers);
const logoIn = (html: string) => /<img src="(\/app\/logos\/[^"]+)"/.exec(html)?.[1] ?? '';

describe('the organisation', () => {
  it('says its name and shows its logo, which then stand at the top of reports', async () => {
    const visit = await world.visit(dlm);
    const { status, text } = await save(visit, {
      nameFr: 'Université d’entreprise',
      nameEn: '',
      website: 'https://formation.example/',
      logo: PNG,
    });
    expect(status).toBe(200);
    expect(text).toContain('C’est enregistré');
    const report = await get(`/app/${visit.launch}/cohorts/walk-a/report`, visit.headers);
    expect(report.text).toContain('Université d’entreprise');
    expect(report.text).toContain('>formation.example</a>');
    expect(logoIn(report.text)).toBe(logoIn(text));
    const english = await get(`/app/${visit.launch}/cohorts/walk-a/report?lang=en`, visit.headers);
    expect(english.text).toContain('Université d’entreprise');
  });

  it('has its logo served from here, under a policy by which nothing in it can run or fetch', async () => {
    const visit = await world.visit(dlm);
    const { text } = await save(visit, { nameFr: 'A', logo: SVG });
    const { status, headers } = await get(logoIn(text));
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('image/svg+xml');
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';.* sandbox$/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect((await get(logoIn(text).replace(/[0-9a-f]{64}$/, '0'.repeat(64)))).status).toBe(404);
    expect((await get(logoIn(text).replace('/default/', '/elsewhere/'))).status).toBe(404);
  });

  it('keeps its logo where no other is chosen, and loses it when that is asked', async () => {
    const visit = await world.visit(dlm);
    await save(visit, { nameFr: 'A', logo: PNG });
    expect(logoIn((await save(visit, { nameFr: 'B' })).text)).not.toBe('');
    expect(logoIn((await save(visit, { nameFr: 'B', removeLogo: 'on' })).text)).toBe('');
  });

  it('is spoken of in the other language with what was typed, which is not kept before it is saved', async () => {
    const visit = await world.visit(dlm);
    await save(visit, { nameFr: 'Avant' });
    const { status, text } = await save(visit, { nameFr: 'Pendant', website: 'pas encore', do: 'redraw' });
    expect(status).toBe(200);
    expect(text).toContain('value="Pendant"');
    expect(text).toContain('value="pas encore"');
    expect((await get(`/app/${visit.launch}/organisation`, visit.headers)).text).toContain('value="Avant"');
  });

  it('is led to from every page of a digital learning manager, who finds back to the course from there', async () => {
    const visit = await world.visit(dlm);
    const leads = async (path: string) => {
      const { text } = await get(`/app/${visit.launch}${path}`, visit.headers);
      const [nav = ''] = /<nav class="site-nav".*?<\/nav>/s.exec(text) ?? [];
      return [...nav.matchAll(/href="\/app\/[^/"?]+([^"?]*)/g)].map(([, lead]) => lead);
    };
    expect(await leads('/cohorts/walk-a')).toContain('/organisation');
    for (const page of ['/organisation', '/portfolio', '/new-cohort'])
      expect(await leads(page)).toEqual(['', '/new-cohort', '/portfolio', '/organisation']);
  });

  it('says beside the field what is wrong, keeps what was typed, and keeps nothing of it', async () => {
    const visit = await world.visit(dlm);
    await save(visit, { nameFr: 'Avant', website: 'https://avant.example/' });
    const { status, text } = await save(visit, {
      nameFr: 'Après',
      website: 'pas une adresse',
      logo: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    });
    expect(status).toBe(422);
    expect(text).toMatch(/<a href="#website">.*<a href="#logo">/s);
    expect(text).toMatch(
      /<input id="website"[^>]*aria-describedby="website-fault website-hint"[^>]*aria-invalid="true"/,
    );
    expect(text).toContain('value="pas une adresse"');
    expect(text).toContain('value="Après"');
    expect(await world.assidu.services.organisations.show('default')).toMatchObject({
      name: { fr: 'Avant' },
      website: 'https://avant.example/',
    });
  });

  it('takes no form without its token', async () => {
    const visit = await world.visit(dlm);
    const bare = { ...visit, headers: { ...visit.headers, 'x-csrf-token': 'guessed' } };
    expect((await save(bare, { nameFr: 'X' })).status).toBe(403);
  });
});
