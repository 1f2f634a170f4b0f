import type { MessageKey } from '../intl.ts';
import type { MaskedRate } from '../report-figures.ts';
import type { Part } from './report-sections.tsx';
import { Unbroken } from './unbroken.tsx';

interface Glance {
  readonly label: string;
  readonly value: string;
  readonly note: string;
  /** What of the note is not broken over two lines. */
  readonly together?: string;
}

/** What to take in at once: enrolled, completed, left, progress, time, attendance, cost. */
export function ReportGlance({ figures, view: { texts } }: Part) {
  const { t, number, percent, days } = texts;
  const none = t('value.none');
  const ofRate = (key: MessageKey, rate: MaskedRate): Glance => {
    if (rate === 'few') return { label: t(key), value: none, note: t('report.few') };
    const { numerator, denominator, value, ci95 } = rate;
    const told = { label: t(key), value: value === null ? none : percent(value) };
    if (ci95 === null) return { ...told, note: t('compare.cell', { numerator, denominator }) };
    const interval = texts.interval(ci95);
    const note = t('key.ofEnrolled', { count: numerator, enrolled: denominator, interval });
    return { ...told, note, together: interval };
  };
  const { progress, time, cost, attendance, rates, audience } = figures;
  // People outside are not told how many: with those enrolled it would give a few by subtraction.
  const completed = rates.completionOfEnrolled === 'few' ? null : rates.completionOfEnrolled.numerator;
  const shares = progress.histogram.reduce((sum, count) => sum + count, 0);
  const medianNote = (): string => {
    if (progress.median === null) return '';
    const value = percent(progress.median);
    return audience === 'inside' || shares === figures.enrolled
      ? t('more.progressMedianOf', { value, n: shares })
      : t('more.progressMedian', { value });
  };
  const timeNote = (): string => {
    if (time === null) return '';
    const quartiles = t('more.timeQuartiles', { from: days(time.p25Days), to: days(time.p75Days) });
    return completed === null ? quartiles : t('more.timeOf', { n: completed, quartiles });
  };
  const costNote = (total: string): string =>
    completed === null || completed === 0
      ? t('more.costTotal', { total })
      : t('more.costOf', { total, n: completed });
  const all: readonly Glance[] = [
    { label: t('key.enrolled'), value: number(figures.enrolled), note: '' },
    ofRate('key.completed', rates.completionOfEnrolled),
    ofRate('key.dropout', rates.dropoutOfEnrolled),
    ...(attendance === null ? [] : [ofRate('rate.attendanceNet', rates.attendanceNet)]),
    {
      label: t('more.progress'),
      value: progress.mean === null ? none : percent(progress.mean),
      note: medianNote(),
    },
    {
      label: t('more.time'),
      value: time === null ? none : days(time.medianDays),
      note: timeNote(),
    },
    ...(cost === null
      ? []
      : [
          {
            label: t('more.cost'),
            value: cost.perCompleter === null ? none : texts.money(cost.perCompleter, cost.currency),
            note: costNote(texts.money(cost.total, cost.currency)),
          },
        ]),
  ];
  return (
    <section aria-labelledby="glance">
      <h2 id="glance">{t('report.figures')}</h2>
      <dl class="figures report-figures">
        {all.map(({ label, value, note, together }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd class="figure">{value}</dd>
            {note !== '' && (
              <dd class="note">
                <Unbroken text={note} part={together} />
              </dd>
            )}
          </div>
        ))}
      </dl>
    </section>
  );
}
