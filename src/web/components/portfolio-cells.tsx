import type { Difference, PortfolioCost, PortfolioFigures } from '../../metrics/portfolio-types.ts';
import { SMALLEST_GROUP } from '../../metrics/portfolio-types.ts';
import type { Rate } from '../../metrics/types.ts';
import type { Texts } from '../intl.ts';
import { Unbroken } from './unbroken.tsx';

/** What stands where figures of a small group would. */
export function Masked({ texts }: { texts: Texts }) {
  return <span class="note">{texts.t('portfolio.masked', { n: SMALLEST_GROUP })}</span>;
}

/** "71,7 %", with "43 sur 60 (59,2–81,5)" beneath. */
export function RateCell({ rate, texts, minutes }: { rate: Rate | null; texts: Texts; minutes?: boolean }) {
  if (rate === null) return <Masked texts={texts} />;
  if (rate.value === null) return <span class="note">{texts.t('portfolio.noneToDivide')}</span>;
  const value = texts.percent(rate.value);
  const [before = '', after = ''] = texts.rate(rate).split(value);
  const of = minutes
    ? texts.t('portfolio.hours', {
        done: texts.minutes(rate.numerator),
        planned: texts.minutes(rate.denominator),
      })
    : `${before.replace(/,\s*$/u, '')}${after}`;
  return (
    <span class="pooled">
      <strong>{value}</strong>{' '}
      <span class="note">
        <Unbroken text={of} part={rate.ci95 === null ? undefined : `(${texts.interval(rate.ci95)})`} />
      </span>
    </span>
  );
}

function CostLine({ cost, texts }: { cost: PortfolioCost; texts: Texts }) {
  const total = texts.money(cost.total, cost.currency);
  return (
    <span class="pooled">
      <strong>
        {cost.perCompleter === null ? texts.t('value.none') : texts.money(cost.perCompleter, cost.currency)}
      </strong>{' '}
      <span class="note">
        {cost.perCompleter === null
          ? texts.t('portfolio.costNobody', { total })
          : texts.t('portfolio.costNote', { total, completed: cost.completed })}
      </span>
    </span>
  );
}

/** Cost per completer, a line for each currency. */
export function CostCell({ figures, texts }: { figures: PortfolioFigures; texts: Texts }) {
  if (figures.enrolled === null) return <Masked texts={texts} />;
  if (figures.cost.length === 0) return <span class="note">{texts.t('portfolio.costNone')}</span>;
  return (
    <>
      {figures.cost.map((cost) => (
        <CostLine key={cost.currency} cost={cost} texts={texts} />
      ))}
    </>
  );
}

/** A difference in points, with its interval, and a word when it may be nothing. */
export function DifferenceCell({ difference, texts }: { difference: Difference | null; texts: Texts }) {
  if (difference === null) return <span class="note">{texts.t('portfolio.noComparison')}</span>;
  const points = (share: number) => {
    const rounded = Math.round(share * 1_000) / 10;
    return `${rounded > 0 ? '+' : rounded < 0 ? '−' : ''}${texts.number(Math.abs(rounded))}`;
  };
  const [low, high] = difference.ci95;
  return (
    <span class="pooled">
      {texts.t('portfolio.points', { value: points(difference.value), low: points(low), high: points(high) })}{' '}
      {low <= 0 && high >= 0 && <span class="note">{texts.t('portfolio.unclear')}</span>}
    </span>
  );
}

/** How many cohorts, and how many of them are in no number. */
export function CohortsCell({ figures, texts }: { figures: PortfolioFigures; texts: Texts }) {
  return (
    <>
      {texts.number(figures.cohorts)}
      {figures.withheld > 0 && (
        <>
          {' '}
          <span class="note">{texts.t('portfolio.withheld', { n: figures.withheld })}</span>
        </>
      )}
    </>
  );
}
