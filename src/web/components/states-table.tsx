import type { State } from '../../metrics/types.ts';
import { queryHref } from '../cohort-query.ts';
import type { MessageValues } from '../intl.ts';
import type { CohortView } from '../views.ts';
import { Bar } from './bar.tsx';
import { CsvLink } from './csv-link.tsx';
import { StackedBar } from './stacked-bar.tsx';
import { Swatch } from './state-chip.tsx';
import { Term } from './term.tsx';

/** From what is reached, by what is under way, to what is over: the order people read it in. */
const ORDER: readonly State[] = [
  'completed',
  'active',
  'inactive',
  'notStarted',
  'dropped',
  'unfinished',
  'withdrawn',
  'noShow',
  'transferred',
];
const ONLY_WHEN_OPEN: readonly State[] = ['active', 'inactive', 'notStarted'];
const ONLY_WHEN_CLOSED: readonly State[] = ['unfinished', 'noShow'];

function definitionOf(state: State, view: CohortView): string {
  const { texts, definition } = view;
  const { alertAfterDays, dropAfterDays } = definition.dropout;
  if (state === 'dropped' && dropAfterDays === null) return texts.t('define.droppedNever');
  const values: MessageValues = {
    alert: texts.days(alertAfterDays),
    drop: texts.days(dropAfterDays ?? 0),
  };
  return texts.t(`define.${state}`, values);
}

/** metrics.md "The partition": every enrolment in one state, as one bar and a table that adds up. */
export function StatesTable({ view }: { view: CohortView }) {
  const { texts, metrics, path, query } = view;
  const { t, number } = texts;
  const { counts, final } = metrics;
  const impossible = final ? ONLY_WHEN_OPEN : ONLY_WHEN_CLOSED;
  const states = ORDER.filter((state) => counts[state] > 0 || !impossible.includes(state));
  const share = (count: number) =>
    counts.enrolled === 0 ? t('value.none') : texts.percent(count / counts.enrolled);
  return (
    <section class="card" aria-labelledby="states">
      <h2 id="states">{t('states.title')}</h2>
      {counts.enrolled > 0 && (
        <StackedBar
          id="states-figure"
          title={t('states.figure', { n: counts.enrolled })}
          segments={states.map((state) => ({
            tone: state,
            label: t(`state.${state}`),
            count: counts[state],
          }))}
        />
      )}
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">{t('states.state')}</th>
            <th scope="col" class="num">
              {t('states.count')}
            </th>
            <th scope="col" class="num">
              {t('states.share')}
            </th>
          </tr>
        </thead>
        <tbody>
          {states.map((state) => (
            <tr key={state}>
              <th scope="row">
                <Term definition={definitionOf(state, view)}>
                  <Swatch state={state} />
                  {t(`state.${state}`)}
                </Term>
                {state === 'withdrawn' && counts.withdrawnBeforeStart > 0 && (
                  <span class="note">{t('states.beforeStart', { n: counts.withdrawnBeforeStart })}</span>
                )}
                <Bar share={counts.enrolled === 0 ? 0 : counts[state] / counts.enrolled} tone={state} />
              </th>
              <td class="num">
                {counts[state] === 0 ? (
                  number(0)
                ) : (
                  <a
                    href={`${queryHref(path, query, { state, alert: undefined, q: undefined, page: undefined })}#learners`}
                    aria-label={t('states.see', { count: counts[state], state: t(`state.${state}`) })}
                  >
                    {number(counts[state])}
                  </a>
                )}
              </td>
              <td class="num">{share(counts[state])}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">
              <Term definition={t('define.enrolled')}>{t('states.total')}</Term>
            </th>
            <td class="num">{number(counts.enrolled)}</td>
            <td class="num">{share(counts.enrolled)}</td>
          </tr>
        </tfoot>
      </table>
      <CsvLink table="states" view={view} />
    </section>
  );
}
