import type { CohortView } from '../views.ts';
import { Bar } from './bar.tsx';
import { CsvLink } from './csv-link.tsx';

/** metrics.md "Funnel": how many of the enrolled came how far. */
export function FunnelTable({ view }: { view: CohortView }) {
  const { texts, metrics } = view;
  const { t } = texts;
  const { enrolled } = metrics.counts;
  return (
    <section class="card" aria-labelledby="funnel">
      <h2 id="funnel">{t('funnel.title')}</h2>
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">{t('funnel.step')}</th>
            <th scope="col" class="num">
              {t('states.count')}
            </th>
            <th scope="col" class="num">
              {t('states.share')}
            </th>
          </tr>
        </thead>
        <tbody>
          {metrics.funnel.map(({ step, count }) => (
            <tr key={step}>
              <th scope="row">
                {t(`funnel.${step}`)}
                <Bar share={enrolled === 0 ? 0 : count / enrolled} />
              </th>
              <td class="num">{texts.number(count)}</td>
              <td class="num">{enrolled === 0 ? t('value.none') : texts.percent(count / enrolled)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <CsvLink table="funnel" view={view} />
    </section>
  );
}
