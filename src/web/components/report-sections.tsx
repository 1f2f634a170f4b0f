import type { Masked } from '../../metrics/small-groups.ts';
import { RATE_NAMES, type STATES } from '../../metrics/types.ts';
import type { MessageKey, Texts } from '../intl.ts';
import type { MaskedRate, ReportFigures, ReportState } from '../report-figures.ts';
import type { ReportView } from '../report-view.ts';
import { unitTitle } from '../unit-words.ts';
import { ReportTable } from './report-table.tsx';

export interface Part {
  readonly figures: ReportFigures;
  readonly view: ReportView;
}

/** A count in words; what is masked says so. */
export function countWords(count: Masked, texts: Texts): string {
  return count === 'few' ? texts.t('report.few') : texts.number(count);
}

function shareOf(count: Masked, whole: number): number | null {
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

/** metrics.md "Units", with where people leave. */
export function ReportUnits({ figures, view: { texts, definition } }: Part) {
  const { t, days } = texts;
  if (definition.units.length === 0) return null;
  const beyond = figures.leaving.find(({ unit }) => unit === null);
  return (
    <section class="card" aria-labelledby="units">
      <h2 id="units">{t('units.title')}</h2>
      <ReportTable
        head={[
          t('units.unit'),
          t('units.reached'),
          t('units.satisfied'),
          t('units.median'),
          t('units.leavers'),
        ]}
        lines={[
          ...figures.units.map((line) => {
            const unit = definition.units.find(({ id }) => id === line.id);
            const notes = unit && [
              t(`modality.${unit.modality}`),
              ...(unit.plannedMinutes === undefined ? [] : [texts.minutes(unit.plannedMinutes)]),
              ...(unit.dueOn === undefined
                ? []
                : [t('units.dueOn', { date: texts.date(unit.dueOn, definition.timezone, 'short') })]),
              ...(unit.required ? [] : [t('units.optional')]),
              ...(unit.cancelled ? [t('units.cancelled')] : []),
            ];
            return {
              key: line.id,
              head: unit === undefined ? line.id : unitTitle(definition, unit, texts),
              note: notes?.join(' · ') ?? '',
              cells: [
                countWords(line.reached, texts),
                countWords(line.satisfied, texts),
                line.medianDays === null ? t('value.none') : days(line.medianDays),
                countWords(line.leavers, texts),
              ],
              share: shareOf(line.satisfied, figures.enrolled),
            };
          }),
          ...(beyond === undefined
            ? []
            : [
                {
                  key: 'beyond',
                  head: t('exits.beyond'),
                  cells: [
                    t('value.none'),
                    t('value.none'),
                    t('value.none'),
                    countWords(beyond.leavers, texts),
                  ],
                },
              ]),
        ]}
      />
    </section>
  );
}

/** Attendance by session. */
export function ReportSessions({ figures, view: { texts, definition } }: Part) {
  const { t, percent } = texts;
  if (figures.sessions.length === 0) return null;
  const rate = (each: MaskedRate) =>
    each === 'few' ? t('report.few') : each.value === null ? t('value.none') : percent(each.value);
  return (
    <section class="card" aria-labelledby="sessions">
      <h2 id="sessions">{t('report.sessions')}</h2>
      <ReportTable
        head={[
          t('sessions.session'),
          t('sessions.held'),
          t('sessions.attended'),
          t('sessions.excused'),
          t('sessions.absent'),
          t('sessions.gross'),
          t('sessions.net'),
        ]}
        lines={figures.sessions.map((session) => {
          const unit = definition.units.find(({ id }) => id === session.id);
          const held = session.standing === 'held';
          const notes = [
            ...(unit?.startsAt === undefined ? [] : [texts.dateTime(unit.startsAt, definition.timezone)]),
            ...(session.standing === 'held' ? [] : [t(`sessions.${session.standing}`)]),
            ...(session.required ? [] : [t('sessions.optional')]),
          ];
          return {
            key: session.id,
            head: unit === undefined ? session.id : unitTitle(definition, unit, texts),
            note: notes.join(' · '),
            cells: held
              ? [
                  ...[session.held, session.attended, session.excused, session.absent].map((count) =>
                    countWords(count, texts),
                  ),
                  rate(session.gross),
                  rate(session.net),
                ]
              : Array.from({ length: 6 }, () => t('value.none')),
            share: session.gross === 'few' ? null : session.gross.value,
          };
        })}
      />
      <p class="note">{t('sessions.note')}</p>
    </section>
  );
}
