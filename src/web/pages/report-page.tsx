import { CohortFacts } from '../components/cohort-facts.tsx';
import { CohortRules } from '../components/cohort-rules.tsx';
import { ReportBanner } from '../components/report-banner.tsx';
import { ReportCurves } from '../components/report-curves.tsx';
import { ReportForm } from '../components/report-form.tsx';
import { ReportGlance } from '../components/report-glance.tsx';
import { ReportMethod } from '../components/report-method.tsx';
import { ReportNames } from '../components/report-names.tsx';
import { ReportFunnel, ReportRates, ReportStates } from '../components/report-sections.tsx';
import { ReportSessions, ReportUnits } from '../components/report-units.tsx';
import { renderDocument } from '../layout.tsx';
import { reportHref } from '../report-query.ts';
import type { ReportView } from '../report-view.ts';

/** What the cohort is told apart by: programme, business unit, whatever the definition says. */
function ReportTags({ view: { definition, texts } }: { view: ReportView }) {
  const { t } = texts;
  const tags = Object.entries(definition.tags);
  const nameOf = (tag: string) =>
    tag === 'programme' || tag === 'businessUnit' ? t(`report.tag.${tag}`) : tag;
  if (tags.length === 0) return null;
  return (
    <p class="note">
      {tags.map(([tag, value]) => t('report.tag', { name: nameOf(tag), value })).join(' · ')}
    </p>
  );
}

/** The report of a cohort, for screen, paper and PDF, as an HTML document. */
export function reportPage(view: ReportView): string {
  const { texts, definition, metrics, figures, path, query, fixed } = view;
  const { t } = texts;
  return renderDocument({
    texts,
    title: t('report.title', { title: texts.pick(definition.title) }),
    banner: <ReportBanner view={view} />,
    facts: (
      <>
        <CohortFacts definition={definition} asOf={metrics.asOf} final={metrics.final} texts={texts} />
        <ReportTags view={view} />
      </>
    ),
    role: view.role,
    asOf: { instant: metrics.asOf, zone: definition.timezone, final: metrics.final },
    versions: { definition: metrics.definitionVersion, cohort: metrics.cohortVersion },
    languageHref: (lang) => reportHref(path, fixed, lang, query.page),
    session: view,
    platformOrigin: view.platformOrigin,
    islands: ['/app/assets/print-page.js', ...(view.islands ?? [])],
    stylesheets: ['/app/assets/report.css'],
    children: (
      <>
        {query.ignored.length > 0 && (
          <p class="notice" role="status">
            {t('frame.noticeIgnored', { names: texts.list(query.ignored) })}
          </p>
        )}
        <ReportForm view={view} />
        <p class="note">
          {t('report.asKnown', { date: texts.dateTime(fixed.knownAt, definition.timezone) })}
        </p>
        {fixed.audience === 'outside' && figures !== null && <p class="note">{t('report.masked')}</p>}
        {figures === null ? (
          <div class="card empty">
            <p>
              <strong>{t('report.tooFew.title')}</strong>
            </p>
            <p>{t('report.tooFew.text')}</p>
          </div>
        ) : (
          <>
            <ReportGlance figures={figures} view={view} />
            <div class="columns">
              <ReportStates figures={figures} view={view} />
              <ReportFunnel figures={figures} view={view} />
            </div>
            <ReportRates figures={figures} view={view} />
            <ReportCurves figures={figures} view={view} />
            <ReportUnits figures={figures} view={view} />
            <ReportSessions figures={figures} view={view} />
            <ReportNames view={view} />
          </>
        )}
        <CohortRules definition={definition} texts={texts} />
        <ReportMethod view={view} />
      </>
    ),
  });
}
