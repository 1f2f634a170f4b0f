import { PORTFOLIO_TAGS, SMALLEST_GROUP } from '../../metrics/portfolio-types.ts';
import { Legend } from '../components/legend.tsx';
import { PortfolioFilter, quarterWords } from '../components/portfolio-filter.tsx';
import { PortfolioSection } from '../components/portfolio-section.tsx';
import { PortfolioTrend } from '../components/portfolio-trend.tsx';
import { renderDocument } from '../layout.tsx';
import { isNarrowed, portfolioHref } from '../portfolio-query.ts';
import type { PortfolioView } from '../portfolio-view.ts';

function GroupTabs({ view }: { view: PortfolioView }) {
  const { texts, path, query } = view;
  return (
    <nav class="portfolio-tabs" aria-label={texts.t('portfolio.by')}>
      <ul>
        {PORTFOLIO_TAGS.map((by) => (
          <li key={by}>
            <a
              href={portfolioHref(path, query, { by, sort: undefined })}
              aria-current={by === query.by ? 'true' : undefined}
            >
              {texts.t(by === 'programme' ? 'portfolio.byProgramme' : 'portfolio.byBusinessUnit')}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Whose cohorts these are, for who does not see all. */
function Scope({ view: { scopes, texts } }: { view: PortfolioView }) {
  const { t } = texts;
  if (scopes.some((scope) => Object.keys(scope).length === 0)) return null;
  const words = scopes.map((scope) =>
    PORTFOLIO_TAGS.flatMap((tag) =>
      scope[tag] === undefined
        ? []
        : [t('portfolio.scopeOf', { tag: t(`portfolio.${tag}`), name: scope[tag] })],
    ).join(' + '),
  );
  return <p class="notice">{t('portfolio.scope', { list: texts.list(words) })}</p>;
}

/** What was chosen, in words: on paper the form is not there. */
function Chosen({ view: { query, texts } }: { view: PortfolioView }) {
  const { t } = texts;
  if (!isNarrowed(query)) return null;
  const { programme, businessUnit, kind, state, from, to } = query;
  const words = [
    ...(programme === undefined
      ? []
      : [t('portfolio.scopeOf', { tag: t('portfolio.programme'), name: programme })]),
    ...(businessUnit === undefined
      ? []
      : [t('portfolio.scopeOf', { tag: t('portfolio.businessUnit'), name: businessUnit })]),
    ...(kind === undefined ? [] : [t(`kind.${kind}`)]),
    ...(state === undefined ? [] : [t(`portfolio.state.${state}`)]),
    ...(from === undefined ? [] : [t('portfolio.chosenFrom', { quarter: quarterWords(from, texts) })]),
    ...(to === undefined ? [] : [t('portfolio.chosenTo', { quarter: quarterWords(to, texts) })]),
  ];
  return <p>{t('portfolio.chosen', { list: texts.list(words) })}</p>;
}

function HowToRead({ view: { texts } }: { view: PortfolioView }) {
  const { t } = texts;
  return (
    <section class="card" aria-labelledby="how">
      <h2 id="how">{t('portfolio.how')}</h2>
      <ul class="plain-list">
        <li>{t('portfolio.how.enrolments')}</li>
        <li>{t('portfolio.how.pooled')}</li>
        <li>{t('portfolio.how.states')}</li>
        <li>{t('portfolio.how.masked', { n: SMALLEST_GROUP })}</li>
        <li>{t('define.interval')}</li>
      </ul>
      <Legend
        title={t('legend.columns')}
        entries={[
          [t('portfolio.reach'), t('portfolio.define.reach')],
          [t('portfolio.startRate'), t('define.startRate')],
          [t('portfolio.completion'), t('define.completionOfEnrolled')],
          [t('portfolio.dropout'), t('define.dropoutOfEnrolled')],
          [t('portfolio.attendance'), `${t('define.attendanceGross')} ${t('define.attendanceNet')}`],
          [t('portfolio.realisation'), t('portfolio.define.realisation')],
          [t('portfolio.cost'), t('portfolio.define.cost')],
        ]}
      />
    </section>
  );
}

/** Programmes and business units, as an HTML document: aggregates only, never of fewer than five people. */
export function portfolioPage(view: PortfolioView): string {
  const { texts, portfolio, path, query } = view;
  const { t } = texts;
  const { final, open } = portfolio;
  const known = portfolio.choices.quarter.length > 0;
  const found = [final, open].some((section) => section !== null && section.groups.length > 0);
  return renderDocument({
    texts,
    title: t('portfolio.title'),
    facts: (
      <p class="as-of">
        <time dateTime={portfolio.asOf}>
          {t('portfolio.asOf', { date: texts.dateTime(portfolio.asOf, 'UTC') })}
        </time>
      </p>
    ),
    role: view.role,
    languageHref: (lang) => portfolioHref(path, query, { lang }),
    session: view,
    platformOrigin: view.platformOrigin,
    stylesheets: ['/app/assets/portfolio.css'],
    children: (
      <>
        {view.organisation !== null && <p class="eyebrow">{view.organisation}</p>}
        <p class="lead">{t('portfolio.lead')}</p>
        <Scope view={view} />
        {query.ignored.length > 0 && (
          <p class="notice" role="status">
            {t('frame.noticeIgnored', { names: texts.list(query.ignored) })}
          </p>
        )}
        {known ? (
          <>
            <PortfolioFilter view={view} />
            <Chosen view={view} />
            {found ? (
              <>
                <div class="section-head">
                  <GroupTabs view={view} />
                  <a class="download" href={portfolioHref(`${path}.csv`, query, { sort: undefined })}>
                    {t('portfolio.csv')}
                  </a>
                </div>
                {final && <PortfolioSection state="final" section={final} view={view} />}
                {open && <PortfolioSection state="open" section={open} view={view} />}
                {final && <PortfolioTrend view={view} />}
              </>
            ) : (
              <p class="empty">{t('portfolio.none')}</p>
            )}
            <HowToRead view={view} />
          </>
        ) : (
          <p class="empty">{t('portfolio.nothing')}</p>
        )}
      </>
    ),
  });
}
