import type { MessageKey } from '../intl.ts';
import type { MaskedRate } from '../report-figures.ts';
import type { Part } from './report-sections.tsx';

interface Glance {
  readonly label: string;
  readonly value: string;
  readonly note: string;
}

/** What to take in at once: enrolled, completed, left, progress, time, attendance, cost. */
export function ReportGlance({ figures, view: { texts } }: Part) {
  const { t, number, percent, days } = texts;
  const none = t('value.none');
  const ofRate = (key: MessageKey, rate: MaskedRate): Glance => {
    if (rate === 'few') return { label: t(key), value: none, note: t('report.few') };
    const { numerator, denominator, value, ci95 } = rate;
    const note =
      ci95 === null
        ? t('compare.cell', { numerator, denominator })
        : t('key.ofEnrolled', { count: numerator, enrolled: denominator, interval: texts.interval(ci95) });
    return { label: t(key), value: value === null ? none : percent(value), note };
  };
  const { progress, time, cost, attendance, rates } = figures;
  const all: readonly Glance[] = [
    { label: t('key.enrolled'), value: number(figures.enrolled), note: '' },
    ofRate('key.completed', rates.completionOfEnrolled),
    ofRate('key.dropout', rates.dropoutOfEnrolled),
    ...(attendance === null ? [] : [ofRate('rate.attendanceNet', rates.attendanceNet)]),
    {
      label: t('more.progress'),
      value: progress.mean === null ? none : percent(progress.mean),
      note: progress.median === null ? '' : t('more.progressMedian', { value: percent(progress.median) }),
    },
    {
      label: t('more.time'),
      value: time === null ? none : days(time.medianDays),
      note:
        time === null ? '' : t('more.timeQuartiles', { from: days(time.p25Days), to: days(time.p75Days) }),
    },
    ...(cost === null
      ? []
      : [
          {
            label: t('more.cost'),
            value: cost.perCompleter === null ? none : texts.money(cost.perCompleter, cost.currency),
            note: t('more.costTotal', { total: texts.money(cost.total, cost.currency) }),
          },
        ]),
  ];
  return (
    <section aria-labelledby="glance">
      <h2 id="glance">{t('report.figures')}</h2>
      <dl class="figures report-figures">
        {all.map(({ label, value, note }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd class="figure">{value}</dd>
            {note !== '' && <dd class="note">{note}</dd>}
          </div>
        ))}
      </dl>
    </section>
  );
}
