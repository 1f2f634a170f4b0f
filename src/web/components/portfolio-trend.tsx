import type { Rate } from '../../metrics/types.ts';
import type { PortfolioView } from '../portfolio-view.ts';
import { Bar } from './bar.tsx';
import { DifferenceCell, Masked, RateCell } from './portfolio-cells.tsx';
import { quarterWords } from './portfolio-filter.tsx';

/** Quarters shown; the file has all of them. */
const QUARTERS = 12;

function ShareBar({ rate, tone }: { rate: Rate | null; tone: 'completed' | 'dropped' }) {
  return rate?.value == null ? null : <Bar share={rate.value} tone={tone} />;
}

/** Final cohorts by the quarter in which they began, each against the one before and the same a year before. */
export function PortfolioTrend({ view }: { view: PortfolioView }) {
  const { texts, portfolio } = view;
  const { t } = texts;
  const labels = {
    reach: t('portfolio.reach'),
    completion: t('portfolio.completion'),
    dropout: t('portfolio.dropout'),
    before: t('portfolio.againstBefore'),
    year: t('portfolio.againstYear'),
  };
  const begun = portfolio.trend.some(({ figures }) => figures.cohorts > 0);
  return (
    <section class="card" aria-labelledby="trend">
      <h2 id="trend">{t('portfolio.trend')}</h2>
      {begun ? (
        <>
          <p class="note">{t('portfolio.trendNote')}</p>
          <table class="stack portfolio trend">
            <thead>
              <tr>
                <th scope="col">{t('portfolio.trendQuarter')}</th>
                {Object.entries(labels).map(([name, label]) => (
                  <th key={name} scope="col">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {portfolio.trend
                .slice(-QUARTERS)
                .map(({ quarter, figures, open, againstQuarterBefore, againstYearBefore }) => (
                  <tr key={quarter}>
                    <th scope="row">
                      {quarterWords(quarter, texts)}{' '}
                      <span class="note">
                        {[
                          t('portfolio.cohortCount', { n: figures.cohorts }),
                          ...(open > 0 ? [t('portfolio.trendOpen', { n: open })] : []),
                        ].join(', ')}
                      </span>
                    </th>
                    <td data-label={labels.reach}>
                      {figures.enrolled === null ? <Masked texts={texts} /> : texts.number(figures.enrolled)}
                    </td>
                    <td data-label={labels.completion}>
                      <span>
                        <RateCell rate={figures.rates.completionOfEnrolled} texts={texts} />
                        <ShareBar rate={figures.rates.completionOfEnrolled} tone="completed" />
                      </span>
                    </td>
                    <td data-label={labels.dropout}>
                      <span>
                        <RateCell rate={figures.rates.dropoutOfEnrolled} texts={texts} />
                        <ShareBar rate={figures.rates.dropoutOfEnrolled} tone="dropped" />
                      </span>
                    </td>
                    <td data-label={labels.before}>
                      <DifferenceCell difference={againstQuarterBefore.completionOfEnrolled} texts={texts} />
                    </td>
                    <td data-label={labels.year}>
                      <DifferenceCell difference={againstYearBefore.completionOfEnrolled} texts={texts} />
                    </td>
                  </tr>
                ))}
            </tbody>
          </table>
          {portfolio.trend.length > QUARTERS && (
            <p class="note">{t('portfolio.trendMore', { n: QUARTERS })}</p>
          )}
        </>
      ) : (
        <p class="empty">{t('portfolio.trendNone')}</p>
      )}
    </section>
  );
}
