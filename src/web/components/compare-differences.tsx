import { differenceOf } from '../../metrics/difference.ts';
import type { Difference } from '../../metrics/portfolio-types.ts';
import type { RateName } from '../../metrics/types.ts';
import { verdictOf } from '../../metrics/verdict.ts';
import type { ComparedView, CompareView } from '../compare-view.ts';
import type { Texts } from '../intl.ts';
import { Legend } from './legend.tsx';

/** Those of the rates whose trials are independent; who never started is what startRate leaves. */
const COMPARED: readonly RateName[] = [
  'startRate',
  'completionOfEnrolled',
  'completionOfStarted',
  'dropoutOfEnrolled',
  'dropoutOfStarted',
];

/** A share as points with its sign: "+12,3". */
function points(share: number, { percent }: Texts): string {
  const rounded = Math.round(share * 1000) / 10;
  return `${rounded > 0 ? '+' : rounded < 0 ? '−' : ''}${percent(Math.abs(rounded) / 100).replace(/[\s\u00a0\u202f]*%/, '')}`;
}

/** How each cohort differs from the first, rate by rate, in words that say no more than the interval does. */
export function CompareDifferences({ view }: { view: CompareView }) {
  const { texts, comparison } = view;
  const { t } = texts;
  const [base, ...others] = comparison?.cohorts ?? [];
  const known = others.filter(({ metrics }) => metrics !== null);
  if (base === undefined || base.metrics === null || known.length === 0) return null;
  return (
    <section class="card" aria-labelledby="differences">
      <h2 id="differences">{t('compare.differences')}</h2>
      {known.map((cohort) => (
        <Differences key={cohort.id} cohort={cohort} base={base} texts={texts} />
      ))}
      <p class="note">{t('compare.caution')}</p>
      <Legend title={t('compare.what')} entries={[[t('compare.difference'), t('define.difference')]]} />
    </section>
  );
}

function Differences({ cohort, base, texts }: { cohort: ComparedView; base: ComparedView; texts: Texts }) {
  const { t } = texts;
  const labels = {
    value: t('compare.difference'),
    interval: t('compare.interval'),
    reading: t('compare.reading'),
  };
  return (
    <table class="stack units differences">
      <caption>
        {t('compare.against', {
          letter: cohort.letter,
          base: base.letter,
          title: cohort.title,
          baseTitle: base.title,
        })}
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('rates.name')}</th>
          <th scope="col" class="num">
            {labels.value}
          </th>
          <th scope="col" class="num">
            {labels.interval}
          </th>
          <th scope="col">{labels.reading}</th>
        </tr>
      </thead>
      <tbody>
        {COMPARED.map((name) => {
          const [one, other] = [cohort.metrics?.rates[name], base.metrics?.rates[name]];
          if (one === undefined || other === undefined) return null;
          const difference = differenceOf(one, other);
          return (
            <tr key={name}>
              <th scope="row">{t(`rate.${name}`)}</th>
              <td class="num" data-label={labels.value}>
                {difference === null
                  ? t('value.none')
                  : t('compare.points', { value: points(difference.value, texts) })}
              </td>
              <td class="num" data-label={labels.interval}>
                {intervalWords(difference, texts)}
              </td>
              <td data-label={labels.reading}>
                {t(`compare.${verdictOf(difference)}`, { letter: cohort.letter, base: base.letter })}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function intervalWords(difference: Difference | null, texts: Texts): string {
  if (difference === null) return texts.t('value.none');
  const [low, high] = difference.ci95;
  return texts.t('compare.pointsInterval', { low: points(low, texts), high: points(high, texts) });
}
