import type { Interval, Retention } from '../../metrics/types.ts';
import type { Texts } from '../intl.ts';

/** A share with its interval, as a cell. */
function ShareCell({ share, ci95, texts }: { share: number; ci95: Interval; texts: Texts }) {
  return (
    <td class="num">
      {texts.percent(share)}
      {ci95 && <span class="note">{texts.interval(ci95)}</span>}
    </td>
  );
}

/** The day of a row, and whether few were observed on it. */
function DayHead({ day, thin, texts }: { day: number; thin: boolean; texts: Texts }) {
  return (
    <th scope="row">
      {texts.number(day)}
      {thin && <span class="note"> {texts.t('retention.thin')}</span>}
    </th>
  );
}

/** More rows than these are told by the week; the file has every day. */
const MOST_ROWS = 60;

/** All rows, or of many the last one of each week. */
export function rowsToShow<Row extends { readonly day: number }>(rows: readonly Row[]): readonly Row[] {
  if (rows.length <= MOST_ROWS) return rows;
  const week = ({ day }: Row) => Math.floor(day / 7);
  return rows.filter((row, index) => {
    const next = rows[index + 1];
    return next === undefined || week(next) !== week(row);
  });
}

function Thinned({ rows, texts }: { rows: readonly unknown[]; texts: Texts }) {
  return rows.length <= MOST_ROWS ? null : <p class="note">{texts.t('table.weekEnds')}</p>;
}

/** The outcomes as numbers, under their chart. */
export function OutcomesTable({ retention, texts }: { retention: Retention; texts: Texts }) {
  const { t } = texts;
  return (
    <details class="chart-table">
      <summary>{t('retention.table')}</summary>
      <Thinned rows={retention.outcomes} texts={texts} />
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">{t('retention.day')}</th>
            {(['completed', 'stillIn', 'dropped'] as const).map((name) => (
              <th key={name} scope="col" class="num">
                {t(`outcomes.${name}`)} <span class="note">{t('retention.interval')}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rowsToShow(retention.outcomes).map(({ day, thin, completed, stillIn, dropped, ci95 }) => (
            <tr key={day}>
              <DayHead day={day} thin={thin} texts={texts} />
              <ShareCell share={completed} ci95={ci95.completed} texts={texts} />
              <ShareCell share={stillIn} ci95={ci95.stillIn} texts={texts} />
              <ShareCell share={dropped} ci95={ci95.dropped} texts={texts} />
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** The survival curve as numbers, under its chart. */
export function SurvivalTable({ retention, texts }: { retention: Retention; texts: Texts }) {
  const { t } = texts;
  return (
    <details class="chart-table">
      <summary>{t('retention.table')}</summary>
      <Thinned rows={retention.curve} texts={texts} />
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">{t('retention.day')}</th>
            <th scope="col" class="num">
              {t('retention.survival')} <span class="note">{t('retention.interval')}</span>
            </th>
            <th scope="col" class="num">
              {t('retention.events')}
            </th>
            <th scope="col" class="num">
              {t('retention.atRisk')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rowsToShow(retention.curve).map(({ day, thin, survival, lo, hi, events, atRisk }) => (
            <tr key={day}>
              <DayHead day={day} thin={thin} texts={texts} />
              <ShareCell share={survival} ci95={lo === null || hi === null ? null : [lo, hi]} texts={texts} />
              <td class="num">{texts.number(events)}</td>
              <td class="num">{texts.number(atRisk)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
