import { describe, expect, it } from 'vitest';
import { STATES } from '../../src/metrics/types.ts';
import { createTexts, LOCALES } from '../../src/web/intl.ts';
import { cohortPage } from '../../src/web/pages/cohort-page.tsx';
import { learnerPage } from '../../src/web/pages/learner-page.tsx';
import { messagePage } from '../../src/web/pages/message-page.tsx';
import type { Message } from '../../src/web/views.ts';
import { retentionSample } from './sample-retention.ts';
import {
  cohortViewOf,
  definitionOf,
  emptyMetrics,
  learnerViewOf,
  metricsOf,
  rateOf,
  rowOf,
} from './sample-views.ts';

const HOSTILE = `<img src=x onerror="alert(1)">'"&</title><script>alert(2)</script>`;
const session = { launchId: 'L1', csrfToken: 'csrf-1', path: '/app/L1' };
const messages: readonly Message[] = [
  { kind: 'noCohort' },
  { kind: 'choose', cohorts: [{ title: HOSTILE, startsOn: '2026-09-07', href: '/app/L1/cohorts/a' }] },
  { kind: 'notFound' },
  { kind: 'expired' },
  { kind: 'closed' },
  { kind: 'forbidden' },
  { kind: 'error', reference: 'R-1' },
];

/** The text people read: tags out, spaces plain. */
function textOf(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&amp;', '&')
    .replaceAll(/[\s\u00a0\u202f]+/g, ' ');
}

const hostileRow = rowOf(1, 'active', { name: HOSTILE, enrolmentId: HOSTILE });
const hostileDefinition = definitionOf({
  title: HOSTILE,
  units: [{ id: 'https://moodle.example.org/"><script>alert(3)</script>', title: HOSTILE }],
});
const everyPage = LOCALES.flatMap((locale) => [
  cohortPage(cohortViewOf('asOf=2026-10-01&state=zzz', { locale })),
  cohortPage(
    cohortViewOf(`q=${encodeURIComponent(HOSTILE)}&lang=${locale}`, {
      locale,
      all: [hostileRow],
      definition: hostileDefinition,
    }),
  ),
  cohortPage(cohortViewOf('', { locale, all: [], metrics: emptyMetrics() })),
  ...STATES.map((state) => learnerPage(learnerViewOf({ locale, row: rowOf(3, state) }))),
  learnerPage(learnerViewOf({ locale, row: hostileRow, definition: hostileDefinition })),
  ...messages.map((message) => messagePage({ texts: createTexts(locale), message, role: 'staff', session })),
]);

describe('every page', () => {
  it('holds under a policy without inline scripts and styles', () => {
    for (const html of everyPage) {
      expect(html).not.toMatch(/<style|\sstyle=|\son\w+="/);
      expect(html.replaceAll(/<script type="module" src="\/app\/[^"]+"><\/script>/g, '')).not.toContain(
        '<script',
      );
    }
  });

  it('lets no name or title become markup', () => {
    for (const html of everyPage) expect(html).not.toMatch(/<img|alert\(2\)<\/script>|<script>/);
  });

  it('loads nothing from elsewhere', () => {
    for (const html of everyPage)
      for (const [, target = ''] of html.matchAll(/<(?:link|script|img)[^>]+(?:href|src)="([^"]+)"/g))
        expect(target).toMatch(/^\/app\/assets\//);
  });

  it('has one heading of the first level, a language, a title and each id once', () => {
    for (const html of everyPage) {
      expect(html.match(/<h1/g)).toHaveLength(1);
      expect(html).toMatch(/^<!doctype html><html lang="(fr|en)"/);
      expect(html).toMatch(/<title>[^<]+ · Assidu<\/title>/);
      const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('closes the session by a form that carries the token', () => {
    expect(cohortPage(cohortViewOf())).toContain(
      '<form method="post" action="/app/L1/close"><input type="hidden" name="_csrf" value="csrf-1"/>',
    );
  });
});

describe('the cohort page', () => {
  it('tells 8 of 60 with its value and its interval, in both languages', () => {
    expect(textOf(cohortPage(cohortViewOf()))).toContain('8 sur 60, 13,3 % (6,9–24,2)');
    expect(textOf(cohortPage(cohortViewOf('', { locale: 'en' })))).toContain('8 of 60, 13.3% (6.9–24.2)');
  });

  it('tells a rate without a denominator as a dash and why', () => {
    const metrics = metricsOf();
    const rates = { ...metrics.rates, completionOfStarted: rateOf(0, 0) };
    const text = textOf(cohortPage(cohortViewOf('', { metrics: { ...metrics, rates } })));
    expect(text).toContain('— personne n’a encore commencé');
    expect(text).not.toMatch(/\b(NaN|null|undefined)\b/);
  });

  it('says of how many people a mean, a median and a cost are', () => {
    const text = textOf(cohortPage(cohortViewOf()));
    expect(text).toContain('médiane 50,0 %, sur 60 inscriptions');
    expect(text).toContain('8 personnes ; la moitié centrale : de 31 jours à 36 jours');
    expect(text).toContain('17 400 € pour 8 personnes');
  });

  it('tells no number of dropouts for weeks of which it cannot be known yet', () => {
    const retention = { ...retentionSample(), final: false, knownThrough: 20, horizon: 20 };
    const weekly = textOf(
      /<h2 id="weekly">.*?<\/section>/s.exec(cohortPage(cohortViewOf('', { retention })))?.[0] ?? '',
    );
    // Days 14 to 20 are known, days 21 to 27 are not.
    expect(weekly).toMatch(/S2 21 sept\.4884123,9 %S3 28 sept\.39538——/);
    expect(weekly).toContain('Abandons connus jusqu’au jour 20');
    const final = cohortViewOf('', { metrics: metricsOf({ final: true }) });
    expect(textOf(cohortPage(final))).not.toContain('Abandons connus jusqu’au jour');
  });

  it('leaves out states that cannot occur while the cohort is open, or once it is closed', () => {
    const counts = { ...metricsOf().counts, active: 0, inactive: 0, notStarted: 0 };
    const tones = (final: boolean) =>
      ['active', 'notStarted', 'noShow', 'unfinished'].filter((state) =>
        cohortPage(cohortViewOf('', { metrics: metricsOf({ final, counts }), all: [] })).includes(
          `"fill-${state}"`,
        ),
      );
    expect([tones(false), tones(true)]).toEqual([
      ['active', 'notStarted'],
      ['noShow', 'unfinished'],
    ]);
  });

  it('shows a pseudonym where the platform hides names, and nothing that identifies', () => {
    const row = rowOf(7, 'active', {
      name: null,
      enrolmentId: 'user-4711',
      actor: { mbox: 'mailto:someone@example.org' },
    });
    const html = cohortPage(cohortViewOf('', { all: [row] }));
    expect(html).toMatch(/Apprenant·e [2-9A-Z]{5}</);
    expect(html).not.toMatch(/4711|someone@/);
    expect(cohortPage(cohortViewOf('', { all: [row] }))).toBe(html);
  });

  it('says which settings of the address it left aside', () => {
    expect(textOf(cohortPage(cohortViewOf('state=zzz&page=x')))).toContain(
      'Réglages non reconnus et laissés de côté : state et page.',
    );
  });

  it('keeps the filters in the links that sort, turn pages, switch language and download', () => {
    const all = Array.from({ length: 120 }, (_, n) => rowOf(n, 'active'));
    const html = cohortPage(cohortViewOf('state=active&page=2', { all }));
    expect(html).toContain('href="/app/L1?state=active&amp;sort=name#learners"');
    expect(html).toContain('rel="next" href="/app/L1?state=active&amp;page=3#learners"');
    expect(html).toContain('rel="prev" href="/app/L1?state=active#learners"');
    expect(html).toContain('href="/app/L1?state=active&amp;page=2&amp;lang=en"');
    expect(html).toContain('href="/app/L1/learners.csv?state=active"');
  });

  it('tells nobody enrolled from nobody found', () => {
    expect(textOf(cohortPage(cohortViewOf('', { all: [], metrics: emptyMetrics() })))).toContain(
      'Personne n’est encore inscrit',
    );
    expect(textOf(cohortPage(cohortViewOf('q=zzzz')))).toContain('Personne ne correspond à ces critères');
  });

  it('says so when the definition describes no step', () => {
    const definition = definitionOf({ units: [], completion: { acceptCourseCompletion: true } });
    expect(textOf(cohortPage(cohortViewOf('', { definition })))).toContain('ne décrit aucune étape');
  });
});

describe('the learner’s page', () => {
  it('greets by name and tells progress in steps and per cent', () => {
    const text = textOf(learnerPage(learnerViewOf()));
    expect(text).toContain('Bonjour Camille Aubert');
    expect(text).toContain('3 étapes sur 6 (50 %)');
    expect(textOf(learnerPage(learnerViewOf({ locale: 'en' })))).toContain('3 of 6 steps (50%)');
  });

  it('greets without a name, and without a pseudonym, where names are hidden', () => {
    const { row } = learnerViewOf();
    const text = textOf(learnerPage(learnerViewOf({ row: { ...row, name: null } })));
    expect(text).toContain('BonjourVous avancez');
  });

  it('speaks of a learner, not to them, when staff look at it, by a pseudonym where names are hidden', () => {
    const { row } = learnerViewOf();
    const text = textOf(learnerPage(learnerViewOf({ role: 'staff' })));
    expect(text).toContain('Le parcours d’une personneCamille Aubert');
    expect(text).not.toMatch(/Bonjour|Vous |Ma progression/);
    const hidden = textOf(learnerPage(learnerViewOf({ role: 'staff', row: { ...row, name: null } })));
    expect(hidden).toMatch(/Apprenant·e [2-9A-Z]{5}/);
  });

  it('leads out of the frame to the next step', () => {
    expect(learnerPage(learnerViewOf())).toContain(
      'href="https://moodle.example.org/mod/hvp/view.php?id=16" target="_top"',
    );
    expect(learnerPage(learnerViewOf({ platformOrigins: [] }))).not.toContain('target="_top"');
  });

  it.each(['completed', 'withdrawn', 'transferred'] as const)('pushes nobody on who is %s', (state) => {
    const row = rowOf(3, state, { units: learnerViewOf().row.units });
    expect(textOf(learnerPage(learnerViewOf({ row })))).not.toContain('Et maintenant');
  });

  it('asks nothing more once the cohort is closed', () => {
    const { row } = learnerViewOf();
    const html = learnerPage(
      learnerViewOf({ final: true, asOf: '2027-01-08T09:00:00Z', row: { ...row, state: 'unfinished' } }),
    );
    expect(textOf(html)).toContain('Ce parcours est clos.');
    expect(textOf(html)).not.toMatch(/Et maintenant|À faire|À rattraper/);
  });

  it.each(STATES)('uses no word of blame for %s', (state) => {
    const text = textOf(learnerPage(learnerViewOf({ row: rowOf(3, state) })));
    expect(text).not.toMatch(/décroch|abandon|échec|en retard|classement/i);
  });
});

describe('message pages', () => {
  it('tells a learner to wait, and the team what to do, when there is no cohort', () => {
    const page = (role: 'learner' | 'staff') =>
      textOf(messagePage({ texts: createTexts('fr'), message: { kind: 'noCohort' }, role, session }));
    expect(page('learner')).not.toContain('cohort apply');
    expect(page('staff')).toContain('cohort apply');
  });

  it('offers no session to close when there is none', () => {
    expect(messagePage({ texts: createTexts('fr'), message: { kind: 'expired' } })).not.toContain('<form');
  });
});
