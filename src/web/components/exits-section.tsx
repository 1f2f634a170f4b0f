import type { Leaving } from '../../metrics/leaving.ts';
import type { Texts } from '../intl.ts';
import { unitTitle } from '../unit-words.ts';
import type { CohortView } from '../views.ts';
import { Bar } from './bar.tsx';
import { CsvLink } from './csv-link.tsx';
import { Legend } from './legend.tsx';

type Place = Pick<CohortView, 'texts' | 'definition'>;

/** The step of a line of leavers, in words. */
function stepOf({ unit }: Leaving, { texts, definition }: Place): string {
  const found = definition.units.find(({ id }) => id === unit);
  return found === undefined ? texts.t('exits.beyond') : unitTitle(definition, found, texts);
}

/** How many leave, and where most do. */
function leadOf(leaving: readonly Leaving[], total: number, place: Place): string {
  const { t, number } = place.texts;
  const most = leaving.reduce((a, b) => (b.leavers > a.leavers ? b : a));
  return most.unit === null
    ? t('exits.leadBeyond', { n: total })
    : t('exits.lead', { n: total, unit: stepOf(most, place), most: number(most.leavers) });
}

/** metrics.md "leavers": the steps at which people stop, in the order of the path; of lines that anybody left at. */
export function ExitsTable({ leaving, place }: { leaving: readonly Leaving[]; place: Place }) {
  const { t, number, percent } = place.texts;
  const total = leaving.reduce((sum, { leavers }) => sum + leavers, 0);
  if (total === 0) return <p class="empty">{t('exits.none')}</p>;
  const labels = columnsOf(place.texts);
  return (
    <>
      <p>{leadOf(leaving, total, place)}</p>
      <table class="numbers stack units">
        <thead>
          <tr>
            <th scope="col">{t('exits.unit')}</th>
            {Object.entries(labels).map(([name, label]) => (
              <th key={name} scope="col" class="num">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {leaving
            .filter(({ leavers }) => leavers > 0)
            .map((line) => (
              <tr key={line.unit}>
                <th scope="row">
                  {stepOf(line, place)}
                  <Bar share={line.leavers / total} tone="dropped" />
                </th>
                <td class="num" data-label={labels.leavers}>
                  {number(line.leavers)}
                </td>
                <td class="num" data-label={labels.share}>
                  {percent(line.leavers / total)}
                </td>
                <td class="num" data-label={labels.dropped}>
                  {number(line.dropped)}
                </td>
                <td class="num" data-label={labels.withdrawn}>
                  {number(line.withdrawn)}
                </td>
                <td class="num" data-label={labels.reached}>
                  {line.unit === null ? t('value.none') : number(line.reached)}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
      <p class="note">{t('exits.others')}</p>
    </>
  );
}

function columnsOf({ t }: Texts) {
  return {
    leavers: t('exits.leavers'),
    share: t('exits.share'),
    dropped: t('exits.dropped'),
    withdrawn: t('exits.withdrawn'),
    reached: t('exits.reached'),
  };
}

/** Where people leave, on the cohort page. */
export function ExitsSection({ view }: { view: CohortView }) {
  const { texts, leaving } = view;
  const { t } = texts;
  const labels = columnsOf(texts);
  return (
    <section class="card" aria-labelledby="exits">
      <h2 id="exits">{t('exits.title')}</h2>
      <ExitsTable leaving={leaving} place={view} />
      {leaving.some(({ leavers }) => leavers > 0) && (
        <>
          <Legend
            title={t('legend.columns')}
            entries={[
              [labels.leavers, t('define.leavers')],
              [labels.dropped, t('define.exitsDropped')],
              [labels.withdrawn, t('define.exitsWithdrawn')],
              [labels.reached, t('define.exitsReached')],
            ]}
          />
          <CsvLink table="exits" view={view} />
        </>
      )}
    </section>
  );
}
