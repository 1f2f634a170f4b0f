import { queryHref } from '../cohort-query.ts';
import type { CohortView } from '../views.ts';
import { OutcomesChart } from './outcomes-chart.tsx';
import { RetentionForm } from './retention-form.tsx';
import { OutcomesKey, SurvivalKey } from './retention-keys.tsx';
import { OutcomesTable, SurvivalTable } from './retention-tables.tsx';
import { SurvivalChart } from './survival-chart.tsx';
import { Term } from './term.tsx';

/** metrics.md "Retention (Kaplan-Meier) and outcomes (Aalen-Johansen)": what becomes of people, day by day. */
export function RetentionSection({ view }: { view: CohortView }) {
  const { texts, retention } = view;
  const { t } = texts;
  const before = retention.withdrawnBeforeStart + retention.transferredBeforeStart;
  const nobody = retention.n === 0 || retention.horizon === 0;
  return (
    <section class="card" aria-labelledby="retention">
      <h2 id="retention">{t('retention.title')}</h2>
      <RetentionForm view={view} />
      <p class="note chart-note">
        {!nobody && t('retention.observed', { n: retention.n, horizon: retention.horizon })}
        {!nobody && !retention.final && ` ${t('retention.open')}`}
        {before > 0 && ` ${t('retention.before', { n: before })}`}
      </p>
      {nobody ? <p class="empty">{t('retention.nobody')}</p> : <Figures view={view} />}
      {!nobody && retention.final && retention.knownThrough < retention.horizon && (
        <p class="note chart-note">{t('retention.unknown', { day: retention.knownThrough })}</p>
      )}
    </section>
  );
}

/** Both charts, each with its key, its table and its CSV. */
function Figures({ view }: { view: CohortView }) {
  const { texts, retention, path, query } = view;
  const { t } = texts;
  const csv = (name: string) => queryHref(`${path}/${name}.csv`, query, { page: undefined });
  return (
    <div class="columns">
      <figure class="chart-figure">
        <figcaption>
          <Term definition={`${t('define.outcomes')} ${t('define.differ')}`}>{t('outcomes.heading')}</Term>
        </figcaption>
        <OutcomesChart retention={retention} texts={texts} />
        <p class="note">{t('retention.valuesOn', { day: retention.horizon })}</p>
        <OutcomesKey retention={retention} texts={texts} />
        {retention.outcomes.length === 0 ? (
          <p class="note">{t('retention.none')}</p>
        ) : (
          <>
            <OutcomesTable retention={retention} texts={texts} />
            <a class="download" href={csv('outcomes')}>
              {t('retention.csv')}
            </a>
          </>
        )}
      </figure>
      <figure class="chart-figure">
        <figcaption>
          <Term definition={t('define.survival')}>{t('survival.heading')}</Term>
        </figcaption>
        <SurvivalChart retention={retention} texts={texts} />
        <p class="note">{t('retention.valuesOn', { day: retention.horizon })}</p>
        <SurvivalKey retention={retention} texts={texts} />
        {retention.curve.length === 0 ? (
          <p class="note">{t('retention.noDropout')}</p>
        ) : (
          <>
            <SurvivalTable retention={retention} texts={texts} />
            <a class="download" href={csv('retention')}>
              {t('retention.csv')}
            </a>
          </>
        )}
      </figure>
    </div>
  );
}
