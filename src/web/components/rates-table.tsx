import { RATE_NAMES, type Rate, type RateName } from '../../metrics/types.ts';
import type { Texts } from '../intl.ts';
import type { CohortView } from '../views.ts';
import { CsvLink } from './csv-link.tsx';
import { IntervalStrip } from './interval-strip.tsx';
import { Term } from './term.tsx';

function whyNone(name: RateName, texts: Texts): string {
  if (name === 'attendanceGross' || name === 'attendanceNet') return texts.t('rates.noSession');
  return texts.t(name.endsWith('OfStarted') ? 'rates.noStarted' : 'rates.noEnrolled');
}

/** "43 sur 60, 71,7 % (59,2–81,5)" with the value set off, or a dash and why there is no value. */
function RateText({ name, rate, texts }: { name: RateName; rate: Rate; texts: Texts }) {
  if (rate.value === null)
    return (
      <>
        {texts.t('value.none')} <span class="note">{whyNone(name, texts)}</span>
      </>
    );
  const value = texts.percent(rate.value);
  const [before = '', after = ''] = texts.rate(rate).split(value);
  return (
    <>
      <span class="quiet">{before}</span>
      <strong>{value}</strong>
      <span class="quiet">{after}</span>
    </>
  );
}

/** metrics.md "Rates": each with what it is a share of, its value and its interval. */
export function RatesTable({ view }: { view: CohortView }) {
  const { texts, metrics } = view;
  const names = RATE_NAMES.filter((name) => metrics.attendance !== null || !name.startsWith('attendance'));
  return (
    <section class="card" aria-labelledby="rates">
      <h2 id="rates">{texts.t('rates.title')}</h2>
      <table class="numbers rates">
        <thead>
          <tr>
            <th scope="col">{texts.t('rates.name')}</th>
            <th scope="col" class="num">
              {texts.t('rates.value')}
            </th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <th scope="row">
                <Term definition={texts.t(`define.${name}`)}>{texts.t(`rate.${name}`)}</Term>
                <IntervalStrip rate={metrics.rates[name]} />
              </th>
              <td class="num">
                <RateText name={name} rate={metrics.rates[name]} texts={texts} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="note">{texts.t('define.interval')}</p>
      <CsvLink table="rates" view={view} />
    </section>
  );
}
