import { compareHref } from '../compare-query.ts';
import type { CompareView } from '../compare-view.ts';
import { CohortFacts } from '../components/cohort-facts.tsx';
import { CompareCurves } from '../components/compare-curves.tsx';
import { CompareDifferences } from '../components/compare-differences.tsx';
import { CompareForm } from '../components/compare-form.tsx';
import { ComparedCohorts, CompareRates } from '../components/compare-rates.tsx';
import { renderDocument } from '../layout.tsx';
import { localDate, plusDays } from '../local-date.ts';

/** Whether the closing day of the page's cohort is over (metrics.md "closing day"). */
function isClosed({ cohort: { definition }, now }: CompareView): boolean {
  const { endsOn, graceDays, timezone } = definition;
  return endsOn !== undefined && localDate(now, timezone) > plusDays(endsOn, graceDays);
}

/** Cohorts side by side at equal age, as an HTML document. */
export function comparePage(view: CompareView): string {
  const { texts, cohort, choices, comparison, path, query } = view;
  const { t } = texts;
  const { definition } = cohort;
  const alone = choices.same.length + choices.others.length === 0 && query.find === undefined;
  return renderDocument({
    texts,
    title: t('compare.title'),
    facts: <CohortFacts definition={definition} asOf={view.now} final={isClosed(view)} texts={texts} />,
    role: view.role,
    languageHref: (lang) => compareHref(path, query, { lang }),
    session: view,
    platformOrigin: view.platformOrigin,
    islands: view.islands,
    stylesheets: ['/app/assets/compare.css'],
    children: (
      <>
        {query.ignored.length > 0 && (
          <p class="notice" role="status">
            {t('frame.noticeIgnored', { names: texts.list(query.ignored) })}
          </p>
        )}
        {view.leftOut && (
          <p class="notice" role="status">
            {t('compare.leftOut')}
          </p>
        )}
        <p class="lead">{t('compare.lead')}</p>
        {alone ? (
          <div class="card empty">
            <p>
              <strong>{t('compare.noOther.title')}</strong>
            </p>
            <p>{t('compare.noOther.text')}</p>
          </div>
        ) : (
          <>
            <CompareForm view={view} />
            {comparison === null && (
              <div class="empty">
                <p>
                  <strong>{t('compare.nothing.title')}</strong>
                </p>
                <p>{t('compare.nothing.text')}</p>
              </div>
            )}
          </>
        )}
        <ComparedCohorts view={view} />
        <CompareRates view={view} />
        <CompareCurves view={view} />
        <CompareDifferences view={view} />
      </>
    ),
  });
}
