import { queryHref } from '../cohort-query.ts';
import { AsOfForm } from '../components/as-of-form.tsx';
import { CohortFacts } from '../components/cohort-facts.tsx';
import { CohortRules } from '../components/cohort-rules.tsx';
import { ExitsSection } from '../components/exits-section.tsx';
import { FunnelTable } from '../components/funnel-table.tsx';
import { HeatmapSection } from '../components/heatmap-section.tsx';
import { KeyFigures } from '../components/key-figures.tsx';
import { LearnersSection } from '../components/learners-section.tsx';
import { MoreFigures } from '../components/more-figures.tsx';
import { RatesTable } from '../components/rates-table.tsx';
import { RetentionSection } from '../components/retention-section.tsx';
import { SessionsSection } from '../components/sessions-section.tsx';
import { StatesTable } from '../components/states-table.tsx';
import { UnitsTable } from '../components/units-table.tsx';
import { WeeklyTable } from '../components/weekly-table.tsx';
import type { MessageKey } from '../intl.ts';
import { renderDocument } from '../layout.tsx';
import type { CohortView } from '../views.ts';

/** The sections, with the words of their headings. */
const CONTENTS: readonly (readonly [string, MessageKey])[] = [
  ['states', 'states.title'],
  ['rates', 'rates.title'],
  ['learners', 'learners.title'],
  ['heatmap', 'heat.title'],
  ['funnel', 'funnel.title'],
  ['units', 'units.title'],
  ['exits', 'exits.title'],
  ['sessions', 'sessions.title'],
  ['retention', 'retention.title'],
  ['weekly', 'weekly.title'],
  ['rules', 'rule.title'],
];

/** The page of a cohort for the teaching team and the digital learning manager, as an HTML document. */
export function cohortPage(view: CohortView): string {
  const { texts, definition, metrics, path, query } = view;
  const { t } = texts;
  return renderDocument({
    texts,
    title: texts.pick(definition.title),
    facts: <CohortFacts definition={definition} asOf={metrics.asOf} final={metrics.final} texts={texts} />,
    role: view.role,
    asOf: { instant: metrics.asOf, zone: definition.timezone, final: metrics.final },
    versions: { definition: metrics.definitionVersion, cohort: metrics.cohortVersion },
    languageHref: (lang) => queryHref(path, query, { lang }),
    session: view,
    platformOrigin: view.platformOrigin,
    islands: ['/app/assets/as-of-slider.js', ...(view.islands ?? [])],
    stylesheets: ['/app/assets/cohort.css'],
    children: (
      <>
        {query.ignored.length > 0 && (
          <p class="notice" role="status">
            {t('frame.noticeIgnored', { names: texts.list(query.ignored) })}
          </p>
        )}
        {query.asOf !== undefined && (
          <p class="notice" role="status">
            {t('asOf.past', { date: texts.dateTime(metrics.asOf, definition.timezone) })}
          </p>
        )}
        <section aria-labelledby="overview">
          <div class="section-head">
            <h2 id="overview">{t('overview.title')}</h2>
            <AsOfForm view={view} />
          </div>
          <KeyFigures view={view} />
        </section>
        <nav class="contents" aria-label={t('page.contents')}>
          <ul>
            {CONTENTS.filter(([id]) => id !== 'sessions' || view.sessions.length > 0).map(([id, key]) => (
              <li key={id}>
                <a href={`#${id}`}>{t(key)}</a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="columns">
          <StatesTable view={view} />
          <RatesTable view={view} />
        </div>
        <LearnersSection view={view} />
        <HeatmapSection view={view} />
        <div class="columns">
          <FunnelTable view={view} />
          <MoreFigures view={view} />
        </div>
        <UnitsTable view={view} />
        <ExitsSection view={view} />
        <SessionsSection view={view} />
        <RetentionSection view={view} />
        <WeeklyTable view={view} />
        <CohortRules definition={definition} texts={texts} />
      </>
    ),
  });
}
