import type { PortfolioFigures } from '../../metrics/portfolio-types.ts';
import type { Rate } from '../../metrics/types.ts';
import type { Texts } from '../intl.ts';
import { RateNote } from './key-figures.tsx';
import { Masked } from './portfolio-cells.tsx';

function RateFigure({ label, rate, texts }: { label: string; rate: Rate | null; texts: Texts }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd class="figure">{rate?.value == null ? texts.t('value.none') : texts.percent(rate.value)}</dd>
      <dd class="note">
        {rate === null ? <Masked texts={texts} /> : <RateNote rate={rate} texts={texts} />}
      </dd>
    </div>
  );
}

/** What to take in at a glance: of cohorts that are all final, or all open. */
export function PortfolioKeyFigures({ figures, texts }: { figures: PortfolioFigures; texts: Texts }) {
  const { t } = texts;
  const each = figures.cost.flatMap(({ perCompleter, currency }) =>
    perCompleter === null ? [] : [texts.money(perCompleter, currency)],
  );
  return (
    <dl class="figures">
      <div>
        <dt>{t('portfolio.reach')}</dt>
        <dd class="figure">{figures.enrolled === null ? t('value.none') : texts.number(figures.enrolled)}</dd>
        <dd class="note">
          {t('portfolio.cohortCount', { n: figures.cohorts })}
          {figures.withheld > 0 && `, ${t('portfolio.withheld', { n: figures.withheld })}`}
        </dd>
      </div>
      <RateFigure label={t('portfolio.completion')} rate={figures.rates.completionOfEnrolled} texts={texts} />
      <RateFigure label={t('portfolio.dropout')} rate={figures.rates.dropoutOfEnrolled} texts={texts} />
      <div>
        <dt>{t('portfolio.cost')}</dt>
        <dd class="figure">{each.length === 0 ? t('value.none') : each.join(' · ')}</dd>
        <dd class="note">
          {figures.cost.length === 0
            ? t('portfolio.costNone')
            : figures.cost
                .map(({ currency, total, completed, perCompleter }) =>
                  perCompleter === null
                    ? t('portfolio.costNobody', { total: texts.money(total, currency) })
                    : t('portfolio.costNote', { total: texts.money(total, currency), completed }),
                )
                .join(' ; ')}
        </dd>
      </div>
    </dl>
  );
}
