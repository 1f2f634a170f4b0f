import type { MaskedRate } from '../report-figures.ts';
import { unitTitle } from '../unit-words.ts';
import { countWords, type Part, shareOf } from './report-sections.tsx';
import { ReportTable } from './report-table.tsx';

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
