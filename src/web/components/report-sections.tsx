import type { Masked } from '../../metrics/small-groups.ts';
import { RATE_NAMES, type STATES } from '../../metrics/types.ts';
import type { MessageKey, Texts } from '../intl.ts';
import type { MaskedRate, ReportFigures, ReportState } from '../report-figures.ts';
import type { ReportView } from '../report-view.ts';
import { ReportTable } from './report-table.tsx';

export interface Part {
  readonly figures: ReportFigures;
  readonly view: ReportView;
}

/** A count in words; what is masked says so. */
export function countWords(count: Masked, texts: Texts): string {
  return count === 'few' ? texts.t('report.few') : texts.number(count);
}

export function shareOf(count: Masked, whole: number): number | null {
  return count === 'few' || whole === 0 ? null : count / whole;
}

function percentWords(share: number | null, { t, percent }: Texts): string {
  return share === null ? t('value.none') : percent(share);
}

const GROUPS: Readonly<Record<Exclude<ReportState, (typeof STATES)[number]>, [MessageKey, string]>> = {
  left: ['report.state.left', 'dropped'],
  neverStarted: ['report.state.neverStarted', 'notStarted'],
  other: ['report.state.other', 'active'],
};

function stateWords(state: ReportState, { t }: Texts): { readonly words: string; readonly tone: string } {
  if (state === 'left' || state === 'neverStarted' || state === 'other') {
    const [key, tone] = GROUPS[state];
    return { words: t(key), tone };
  }
  return { words: t(`state.${state}`), tone: state };
}

/** Each enrolment in one state. */
export function ReportStates({ figures, view: { texts } }: Part) {
  const { t } = texts;
  const { states, enrolled } = figures;
  return (
    <section class="card" aria-labelledby="states">
      <h2 id="states">{t('report.states')}</h2>
      <ReportTable
        head={[t('states.state'), t('states.count'), t('states.share')]}
        lines={[
          ...states.map(({ state, count }) => {
            const { words, tone } = stateWords(state, texts);
            const share = shareOf(count, enrolled);
            return {
              key: state,
              head: words,
              cells: [countWords(count, texts), percentWords(share, texts)],
              share,
              tone,
            };
          }),
          {
            key: 'enrolled',
            head: <strong>{t('states.total')}</strong>,
            cells: [texts.number(enrolled), percentWords(shareOf(enrolled, enrolled), texts)],
          },
        ]}
      />
    </section>
  );
}

function rateCells(rate: MaskedRate, texts: Texts): readonly string[] {
  const { t, number, percent, interval } = texts;
  if (rate === 'few') return [t('value.none'), t('value.none'), t('report.few'), t('value.none')];
  const { numerator, denominator, value, ci95 } = rate;
  return [
    number(numerator),
    number(denominator),
    value === null ? t('value.none') : percent(value),
    ci95 === null ? t(value === null ? 'value.none' : 'report.noInterval') : interval(ci95),
  ];
}

/** metrics.md "Rates": numerator, denominator, value, interval. */
export function ReportRates({ figures, view: { texts } }: Part) {
  const { t } = texts;
  const names = RATE_NAMES.filter((name) => figures.attendance !== null || !name.startsWith('attendance'));
  return (
    <section class="card" aria-labelledby="rates">
      <h2 id="rates">{t('rates.title')}</h2>
      <ReportTable
        head={[
          t('report.rate'),
          t('report.numerator'),
          t('report.denominator'),
          t('report.value'),
          t('report.interval'),
        ]}
        lines={names.map((name) => {
          const rate = figures.rates[name];
          return {
            key: name,
            head: t(`rate.${name}`),
            note: t(`define.${name}`),
            cells: rateCells(rate, texts),
            share: rate === 'few' ? null : rate.value,
          };
        })}
      />
    </section>
  );
}

/** metrics.md "Funnel". */
export function ReportFunnel({ figures, view: { texts } }: Part) {
  const { t } = texts;
  return (
    <section class="card" aria-labelledby="funnel">
      <h2 id="funnel">{t('funnel.title')}</h2>
      <ReportTable
        head={[t('funnel.step'), t('states.count'), t('states.share')]}
        lines={figures.funnel.map(({ step, count }) => {
          const share = shareOf(count, figures.enrolled);
          return {
            key: step,
            head: t(`funnel.${step}`),
            cells: [countWords(count, texts), percentWords(share, texts)],
            share,
          };
        })}
      />
    </section>
  );
}
