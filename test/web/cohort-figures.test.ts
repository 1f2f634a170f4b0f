import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CSV_TABLES } from '../../src/web/cohort-csv.ts';
import { ISSUER } from '../authorisation/world.ts';
import { linesOf, type Told, tellCohorts, tellLate, textOf, UNITS } from './told-cohorts.ts';

const [FRAME = '', PLAN = '', SESSION = ''] = UNITS;
const staff = { role: 'staff' } as const;
const dlm = { role: 'dlm', course: 'course-2' } as const;

let told: Told;
beforeAll(async () => {
  told = await tellCohorts();
});
afterAll(() => told.close());

const csv = async (path: string) => linesOf(await told.open(staff, path));

describe('the tables of the cohort page', () => {
  it('tell where people leave, by the first required step not done', async () => {
    const page = textOf((await told.open(staff, 'alpha')).text);
    expect(page).toContain('5 départs en tout ; le plus souvent à l’étape « Planifier » (3).');
    expect(await csv('alpha/exits.csv')).toEqual([
      ['unit', 'title', 'leavers', 'dropped', 'withdrawn', 'reached'],
      [FRAME, 'Cadrer', '2', '1', '1', '1'],
      [PLAN, 'Planifier', '3', '3', '0', '0'],
      [SESSION, 'Atelier', '0', '0', '0', '0'],
    ]);
  });

  it('tell attendance session by session, of those enrolled when it ended', async () => {
    const [, session] = await csv('alpha/attendance.csv');
    expect(session?.slice(4, 12)).toEqual([
      'held',
      'true',
      '11',
      '5',
      '1',
      '5',
      '0.45454545454545453',
      '0.5',
    ]);
    expect(textOf((await told.open(staff, 'alpha')).text)).toContain('Assiduité par séance');
  });

  it('show the weeks by step: how many did it when, and every number is in the page', async () => {
    const [head, frame, plan] = await csv('alpha/heatmap.csv');
    expect(head?.length).toBe(2 + 6);
    expect([frame?.slice(2), plan?.slice(2)]).toEqual([
      ['9', '0', '0', '0', '0', '0'],
      ['0', '6', '0', '0', '0', '0'],
    ]);
    const { text } = await told.open(staff, 'alpha');
    expect(text).toMatch(/<th scope="row">Cadrer<\/th><td[^>]*>9<\/td>/);
  });

  it('show the weeks by learner, of the people whom the list shows', async () => {
    const lines = await csv('alpha/heatmap.csv?heat=learners&q=a7');
    expect(lines.length).toBe(2);
    expect(lines[1]?.slice(1, 4)).toEqual(['Nom de a7', '1', '0']);
    const { text } = await told.open(staff, 'alpha?heat=learners&state=completed');
    const map = text.slice(text.indexOf('class="heatmap"'), text.indexOf('id="funnel"'));
    expect(map.match(/<tr>/g)).toHaveLength(1 + 6);
  });

  it('can all be downloaded, as of a past day too', async () => {
    for (const table of CSV_TABLES) {
      const { status, headers, text } = await told.open(
        staff,
        `alpha/${table}.csv?asOf=${told.alpha(6).slice(0, 10)}`,
      );
      expect([table, status, headers.get('content-type')]).toEqual([table, 200, 'text/csv; charset=utf-8']);
      expect(headers.get('content-disposition')).toContain('alpha');
      expect(text.split('\r\n').length).toBeGreaterThan(1);
    }
    const then = await csv(`alpha/rates.csv?asOf=${told.alpha(6).slice(0, 10)}`);
    expect(then.find(([rate]) => rate === 'completionOfEnrolled')?.slice(1, 3)).toEqual(['0', '12']);
  });

  it('go back in time by a plain form; the slider waits for a script and sends nothing of its own', async () => {
    const { text } = await told.open(staff, 'alpha');
    expect(text).toMatch(/<form class="as-of-form" method="get"/);
    const [slider = ''] = /<input[^>]*type="range"[^>]*>/.exec(text) ?? [];
    expect(slider).not.toContain('name=');
    expect(slider).toContain('max="41"');
    expect(text).toMatch(/<div class="as-of-slider"[^>]* hidden/);
  });
});

describe('the report', () => {
  const figuresOf = (html: string) => textOf(html.slice(html.indexOf('id="glance"')));

  it('tells every rate with numerator, denominator and interval, and names nobody', async () => {
    const { status, text } = await told.open(staff, 'alpha/report');
    expect(status).toBe(200);
    expect(figuresOf(text)).toContain('6 sur 12, IC 95 % 25,4–74,6');
    expect(text).not.toContain('Nom de');
    expect(figuresOf(text)).toContain('Définition de la cohorte « alpha » : version 1');
  });

  it('lists names on demand, and never for people outside', async () => {
    const { text } = await told.open(staff, 'alpha/report?names=yes');
    expect(text.match(/Nom de/g)).toHaveLength(12);
    expect((await told.open(staff, 'alpha/report?names=yes&for=outside')).text).not.toContain('Nom de');
  });

  it('gives the same report again at the address in its footer, whatever was told and changed since', async () => {
    const visit = await told.world.visit(dlm);
    const path = `/app/${visit.launch}/cohorts/alpha/report`;
    const get = async (address: string) =>
      (await told.world.assidu.request('GET', address, undefined, visit.headers)).text;
    const first = await get(path);
    const [, address = ''] = /Adresse de ce bilan<\/dt><dd><a href="([^"]*)"/.exec(first) ?? [];
    expect(address).toMatch(/asOf=.*&amp;knownAt=/);
    const again = address.replaceAll('&amp;', '&');
    await tellLate(told);
    const definition = (await told.world.assidu.request('GET', '/api/v1/cohorts/alpha')).json;
    const changed = { ...definition, dropout: { ...definition.dropout, dropAfterDays: null } };
    expect((await told.world.assidu.request('PUT', '/api/v1/cohorts/alpha', changed)).status).toBe(200);
    expect(figuresOf(await get(path))).not.toBe(figuresOf(first));
    expect(figuresOf(await get(again))).toBe(figuresOf(first));
  });

  it('shows people outside no group of fewer than five, nor what would give it by subtraction', async () => {
    const { text } = await told.open(staff, `alpha/report?for=outside&asOf=${told.alpha(50).slice(0, 10)}`);
    const all = figuresOf(text);
    expect(all).toContain('non montré');
    for (const state of ['Décroché', 'Retiré', 'Jamais venu'])
      expect(text).not.toContain(`<th scope="row">${state}<`);
    expect(text).not.toContain('assidu metrics');
    expect(textOf((await told.open(staff, 'gamma/report?for=outside')).text)).toContain(
      'Pas de chiffres pour un si petit groupe',
    );
  });

  it('lays what it does not understand aside and says so', async () => {
    const { status, text } = await told.open(staff, 'alpha/report?asOf=jamais&knownAt=2026&for=tous');
    expect(status).toBe(200);
    expect(textOf(text)).toContain('laissés de côté : asOf, knownAt et for.');
  });
});

describe('titles and names', () => {
  it('become no markup, in any of these pages', async () => {
    const hostile = `<img src=x onerror="alert(1)">'"&</title><script>alert(2)</script>`;
    const put = await told.world.assidu.request('PUT', '/api/v1/cohorts/hostile', {
      id: 'hostile',
      title: hostile,
      kind: 'spoc',
      startsOn: told.alpha(0).slice(0, 10),
      tags: { programme: hostile, [hostile.slice(0, 90)]: hostile },
      contexts: [{ platform: ISSUER, course: 'course-1' }],
      units: [{ id: 'https://lms.example/hostile', title: hostile }],
    });
    expect(put.status).toBe(201);
    for (const path of ['', '/report', '/compare?with=alpha&day=9', '/compare?find=%3Cscript%3E']) {
      const { status, text } = await told.open(staff, `hostile${path}`);
      expect([path, status]).toEqual([path, 200]);
      expect(text).not.toMatch(/<img src=x|alert\(2\)<\/script>|<script>|<style|\sstyle=|\son\w+="/);
      const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

describe('the comparison', () => {
  it('lays cohorts beside each other at equal age, as the API does', async () => {
    const { status, text } = await told.open(staff, 'beta/compare?with=alpha&day=30');
    expect(status).toBe(200);
    const page = textOf(text);
    expect(page).toContain('À la fin du jour 30');
    const { json } = await told.world.assidu.request(
      'GET',
      '/api/v1/comparison?cohort=beta&cohort=alpha&day=30',
    );
    for (const { rates } of json.cohorts) {
      const { numerator, denominator } = rates.completionOfEnrolled;
      expect(page).toContain(`${numerator} sur ${denominator} (`);
    }
    const lines = linesOf(await told.open(staff, 'beta/compare.csv?with=alpha&day=30'));
    const [, , , , , numerator] =
      lines.find(([id, , , , rate]) => id === 'alpha' && rate === 'startRate') ?? [];
    expect(numerator).toBe(String(json.cohorts[1].rates.startRate.numerator));
    const curves = linesOf(await told.open(staff, 'beta/compare/retention.csv?with=alpha&day=30'));
    expect(new Set(curves.slice(1).map(([id]) => id))).toEqual(new Set(['beta', 'alpha']));
  });

  it('says of a younger cohort that it is not that old yet, and compares the others', async () => {
    const page = textOf((await told.open(staff, 'alpha/compare?with=gamma&with=beta&day=20')).text);
    expect(page).toContain('Pas encore cet âge : son jour 20 finit le');
    expect(page).toContain('B · Promotion gamma');
    expect(page).toContain('C et A :');
    expect(page).not.toContain('B et A :');
  });

  it('offers the same programme first, and nothing to compare until something is chosen', async () => {
    const { text } = await told.open(staff, 'alpha/compare');
    expect(textOf(text)).toContain('Même programme : P');
    expect(text.indexOf('Promotion beta')).toBeLessThan(text.indexOf('Promotion gamma'));
    expect(textOf(text)).toContain('Choisissez au moins une cohorte');
    expect(textOf(text)).not.toContain('À la fin du jour');
  });

  it('compares nothing that the visitor may not see as a whole: a role in one cohort opens no other', async () => {
    const granted = { grant: { role: 'staff', cohortId: 'beta' } } as const;
    const { status, text } = await told.open(granted, 'beta/compare?with=alpha&with=walk-c&with=walk-theirs');
    expect(status).toBe(200);
    expect(text).not.toContain('Promotion alpha');
    expect(textOf(text)).toContain('Des cohortes demandées ont été laissées de côté');
    expect(textOf(text)).toContain('Aucune autre cohorte à comparer');
    const lines = linesOf(await told.open(granted, 'beta/compare.csv?with=alpha'));
    expect(new Set(lines.slice(1).map(([id]) => id))).toEqual(new Set(['beta']));
  });

  it('takes five others at most, and a day that is none for the usual one', async () => {
    const others = ['alpha', 'gamma', 'walk-a', 'walk-b', 'walk-c', 'nobody']
      .map((id) => `with=${id}`)
      .join('&');
    const { status, text } = await told.open(dlm, `beta/compare?${others}&day=-4`);
    expect(status).toBe(200);
    expect(textOf(text)).toContain('laissés de côté : day.');
    expect(text.match(/class="chart-swatch"/g)?.length).toBeGreaterThanOrEqual(6);
  });
});
