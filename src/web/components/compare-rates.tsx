import { RATE_NAMES, type Rate } from '../../metrics/types.ts';
import { compareHref } from '../compare-query.ts';
import type { ComparedView, CompareView } from '../compare-view.ts';
import type { Texts } from '../intl.ts';
import { cohortPath } from '../paths.ts';
import { Bar } from './bar.tsx';
import { CompareSwatch } from './compare-chart.tsx';
import { Term } from './term.tsx';

/** Which cohorts, at which instant each, and which of them is not that old yet. */
export function ComparedCohorts({ view }: { view: CompareView }) {
  const { texts, comparison, launchId } = view;
  const { t } = texts;
  if (comparison === null) return null;
  const { day, cohorts } = comparison;
  return (
    <section class="card" aria-labelledby="compared">
      <h2 id="compared">{t('compare.at', { day })}</h2>
      <ul class="compared">
        {cohorts.map(({ letter, id, title, asOf, definition, metrics }, index) => {
          const date = texts.dateTime(asOf, definition.timezone);
          return (
            <li key={id}>
              <CompareSwatch index={index} />
              <span>
                {letter} · <a href={`${cohortPath(launchId, id)}?lang=${texts.locale}`}>{title}</a>
                <span class="note">
                  {metrics === null
                    ? t('compare.younger', { day, date })
                    : [t('compare.asOf', { date }), ...(metrics.final ? [t('compare.final')] : [])].join(
                        ' · ',
                      )}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function RateCell({ rate, label, texts }: { rate: Rate | null; label: string; texts: Texts }) {
  const { t } = texts;
  if (rate === null || rate.value === null)
    return (
      <td class="num" data-label={label}>
        {t('value.none')}
      </td>
    );
  const { numerator, denominator, ci95 } = rate;
  return (
    <td class="num" data-label={label}>
      <span>
        <strong>{texts.percent(rate.value)}</strong>
        <span class="note">
          {ci95 === null
            ? t('compare.cell', { numerator, denominator })
            : t('compare.cellInterval', { numerator, denominator, interval: texts.interval(ci95) })}
        </span>
        <Bar share={rate.value} />
      </span>
    </td>
  );
}

interface Plain {
  readonly label: string;
  readonly value: (cohort: ComparedView) => string | null;
}

function plainRows({ t, number, percent, days }: Texts): readonly Plain[] {
  return [
    { label: t('states.total'), value: ({ metrics }) => metrics && number(metrics.counts.enrolled) },
    {
      label: t('compare.progress'),
      value: ({ metrics }) => (metrics?.progress.mean == null ? null : percent(metrics.progress.mean)),
    },
    {
      label: t('compare.time'),
      value: ({ metrics }) =>
        metrics?.timeToComplete.medianDays == null ? null : days(metrics.timeToComplete.medianDays),
    },
  ];
}

/** metrics.md "Rates" of each cohort, side by side. */
export function CompareRates({ view }: { view: CompareView }) {
  const { texts, comparison, path, query } = view;
  const { t } = texts;
  if (comparison === null) return null;
  const { cohorts } = comparison;
  const [enrolled, ...more] = plainRows(texts);
  const plain = ({ label: name, value }: Plain) => (
    <tr key={name}>
      <th scope="row">{name}</th>
      {cohorts.map((cohort) => (
        <td key={cohort.id} class="num" data-label={cohort.letter}>
          {value(cohort) ?? t('value.none')}
        </td>
      ))}
    </tr>
  );
  const sessions = cohorts.some(({ metrics }) => metrics !== null && metrics.attendance !== null);
  return (
    <section class="card" aria-labelledby="compare-rates">
      <h2 id="compare-rates">{t('compare.rates')}</h2>
      <table class="numbers stack units compare">
        <thead>
          <tr>
            <th scope="col">{t('compare.figure')}</th>
            {cohorts.map((cohort) => (
              <th key={cohort.id} scope="col" class="num">
                {cohort.letter} · {cohort.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {enrolled && plain(enrolled)}
          {RATE_NAMES.filter((name) => sessions || !name.startsWith('attendance')).map((name) => (
            <tr key={name}>
              <th scope="row">
                <Term definition={t(`define.${name}`)}>{t(`rate.${name}`)}</Term>
              </th>
              {cohorts.map((cohort) => (
                <RateCell
                  key={cohort.id}
                  rate={cohort.metrics?.rates[name] ?? null}
                  label={cohort.letter}
                  texts={texts}
                />
              ))}
            </tr>
          ))}
          {more.map(plain)}
        </tbody>
      </table>
      <p class="note">{t('define.interval')}</p>
      <p class="csv-link">
        <a class="download" href={compareHref(`${path}.csv`, query)}>
          {t('compare.csv')}
        </a>
      </p>
    </section>
  );
}
