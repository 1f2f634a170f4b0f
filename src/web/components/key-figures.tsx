import type { Rate } from '../../metrics/types.ts';
import { queryHref } from '../cohort-query.ts';
import type { Texts } from '../intl.ts';
import type { CohortView } from '../views.ts';
import { Unbroken } from './unbroken.tsx';

/** "43 sur 60, IC 95 % 59,2–81,5": beneath a rate of those enrolled. */
export function RateNote({ rate, texts }: { readonly rate: Rate; readonly texts: Texts }) {
  const { numerator, denominator, ci95 } = rate;
  if (ci95 === null) return <>{texts.t('key.ofNobody')}</>;
  const interval = texts.interval(ci95);
  const text = texts.t('key.ofEnrolled', { count: numerator, enrolled: denominator, interval });
  return <Unbroken text={text} part={interval} />;
}

/** The four figures to take in at a glance. */
export function KeyFigures({ view }: { view: CohortView }) {
  const { texts, metrics, path, query } = view;
  const { t, number } = texts;
  const { counts, rates } = metrics;
  const percent = (rate: Rate) => (rate.value === null ? t('value.none') : texts.percent(rate.value));
  return (
    <dl class="figures">
      <div>
        <dt>{t('key.enrolled')}</dt>
        <dd class="figure">{number(counts.enrolled)}</dd>
        <dd class="note">{t('key.enrolledNote', { started: counts.started })}</dd>
      </div>
      <div>
        <dt>{t('key.completed')}</dt>
        <dd class="figure">{percent(rates.completionOfEnrolled)}</dd>
        <dd class="note">
          <RateNote rate={rates.completionOfEnrolled} texts={texts} />
        </dd>
      </div>
      <div>
        <dt>{t('key.dropout')}</dt>
        <dd class="figure">{percent(rates.dropoutOfEnrolled)}</dd>
        <dd class="note">
          <RateNote rate={rates.dropoutOfEnrolled} texts={texts} />
        </dd>
      </div>
      <div>
        <dt>{t('key.atRisk')}</dt>
        <dd class="figure">{number(counts.atRisk)}</dd>
        <dd class="note">
          {counts.atRisk === 0 ? (
            t('key.atRiskNone')
          ) : (
            <a
              href={`${queryHref(path, query, { alert: 'any', state: undefined, q: undefined, page: undefined })}#learners`}
            >
              {t('key.atRiskLink', { n: counts.atRisk })}
            </a>
          )}
        </dd>
      </div>
    </dl>
  );
}
