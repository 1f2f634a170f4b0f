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

/** The outcomes as numbers, under their chart. */
export function OutcomesTable({ retention, texts }: { retention: Retention; texts: Texts }) {
  const { t } = texts;
  return (
    <details class="chart-table">
      <summary>{t('retention.table')}</summary>
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
          {retention.outcomes.map(({ day, thin, completed, stillIn, dropped, ci95 }) => (
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
          {retention.curve.map(({ day, thin, survival, lo, hi, events, atRisk }) => (
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
