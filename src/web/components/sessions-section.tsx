import type { SessionFigures } from '../../metrics/session-figures.ts';
import type { Rate } from '../../metrics/types.ts';
import type { Texts } from '../intl.ts';
import { unitTitle } from '../unit-words.ts';
import type { CohortView } from '../views.ts';
import { Bar } from './bar.tsx';
import { CsvLink } from './csv-link.tsx';
import { Legend } from './legend.tsx';

type Place = Pick<CohortView, 'texts' | 'definition' | 'metrics'>;

function columnsOf({ t }: Texts) {
  return {
    held: t('sessions.held'),
    attended: t('sessions.attended'),
    excused: t('sessions.excused'),
    absent: t('sessions.absent'),
    gross: t('sessions.gross'),
    net: t('sessions.net'),
    minutes: t('sessions.minutes'),
  };
}

type Cells = Readonly<Record<keyof ReturnType<typeof columnsOf>, string>>;

function cellsOf(
  figures: Pick<SessionFigures, 'held' | 'attended' | 'excused' | 'presentMinutes' | 'slotMinutes'>,
  rates: { readonly gross: Rate; readonly net: Rate },
  { t, number, percent, minutes }: Texts,
): Cells {
  const { held, attended, excused } = figures;
  const share = ({ value }: Rate) => (value === null ? t('value.none') : percent(value));
  return {
    held: number(held),
    attended: number(attended),
    excused: number(excused),
    absent: number(held - attended - excused),
    gross: share(rates.gross),
    net: share(rates.net),
    minutes: t('sessions.minutesOf', {
      present: minutes(figures.presentMinutes),
      slot: minutes(figures.slotMinutes),
    }),
  };
}

function Row({ session, place }: { session: SessionFigures; place: Place }) {
  const { texts, definition } = place;
  const { t } = texts;
  const unit = definition.units.find(({ id }) => id === session.id);
  if (unit === undefined) return null;
  const notes = [
    t(`modality.${unit.modality}`),
    ...(unit.startsAt === undefined ? [] : [texts.dateTime(unit.startsAt, definition.timezone)]),
    ...(session.standing === 'held' ? [] : [t(`sessions.${session.standing}`)]),
    ...(session.required ? [] : [t('sessions.optional')]),
  ];
  const labels = columnsOf(texts);
  const cells = session.standing === 'held' ? cellsOf(session, session, texts) : null;
  return (
    <tr>
      <th scope="row">
        {unitTitle(definition, unit, texts)}
        <span class="note">{notes.join(' · ')}</span>
        {session.gross.value !== null && <Bar share={session.gross.value} />}
      </th>
      <Cells cells={cells} labels={labels} none={t('value.none')} />
    </tr>
  );
}

function Cells({ cells, labels, none }: { cells: Cells | null; labels: Cells; none: string }) {
  return (
    <>
      {NAMES.map((name) => (
        <td key={name} class="num" data-label={labels[name]}>
          {cells?.[name] ?? none}
        </td>
      ))}
    </>
  );
}

const NAMES = ['held', 'attended', 'excused', 'absent', 'gross', 'net', 'minutes'] as const;

/** metrics.md "attendanceGross", session by session in the order of time, and all together. */
export function SessionsTable({ sessions, place }: { sessions: readonly SessionFigures[]; place: Place }) {
  const { texts, metrics } = place;
  const { t } = texts;
  const labels = columnsOf(texts);
  const { attendance, rates } = metrics;
  return (
    <table class="numbers stack units sessions">
      <thead>
        <tr>
          <th scope="col">{t('sessions.session')}</th>
          {NAMES.map((name) => (
            <th key={name} scope="col" class="num">
              {labels[name]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sessions.map((session) => (
          <Row key={session.id} session={session} place={place} />
        ))}
        {attendance !== null && attendance.held > 0 && (
          <tr class="total">
            <th scope="row">{t('sessions.total')}</th>
            <Cells
              cells={cellsOf(attendance, { gross: rates.attendanceGross, net: rates.attendanceNet }, texts)}
              labels={labels}
              none={t('value.none')}
            />
          </tr>
        )}
      </tbody>
    </table>
  );
}

/** Attendance by session, on the cohort page; nothing for a cohort without sessions. */
export function SessionsSection({ view }: { view: CohortView }) {
  const { texts, sessions } = view;
  const { t } = texts;
  if (sessions.length === 0) return null;
  const labels = columnsOf(texts);
  return (
    <section class="card" aria-labelledby="sessions">
      <h2 id="sessions">{t('sessions.title')}</h2>
      <SessionsTable sessions={sessions} place={view} />
      <p class="note">{t('sessions.note')}</p>
      <Legend
        title={t('legend.columns')}
        entries={[
          [labels.held, t('define.held')],
          [labels.attended, t('define.attended')],
          [labels.excused, t('define.excused')],
          [labels.gross, t('define.attendanceGross')],
          [labels.net, t('define.attendanceNet')],
          [labels.minutes, t('define.minutes')],
        ]}
      />
      <CsvLink table="attendance" view={view} />
    </section>
  );
}
