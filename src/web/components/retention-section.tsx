import type { Retention } from '../../metrics/types.ts';
import { queryHref } from '../cohort-query.ts';
import type { MessageKey, Texts } from '../intl.ts';
import type { CohortView } from '../views.ts';
import { OutcomesChart } from './outcomes-chart.tsx';
import { RetentionForm } from './retention-form.tsx';
import { OutcomesTable, SurvivalTable } from './retention-tables.tsx';
import { SurvivalChart } from './survival-chart.tsx';
import { Term } from './term.tsx';

const SHARES = ['completed', 'stillIn', 'dropped'] as const;

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

/** What the areas are, with the shares on the last day. */
function OutcomesKey({ retention: { outcomes }, texts }: { retention: Retention; texts: Texts }) {
  const last = outcomes.at(-1);
  return (
    <dl class="chart-key">
      {SHARES.map((name) => {
        const interval = last?.ci95[name];
        const share = last && texts.percent(last[name]);
        return (
          <div key={name}>
            <dt>
              <Swatch kind={name} />
              {texts.t(`outcomes.${name}`)}
            </dt>
            {share !== undefined && (
              <dd class="num">
                {interval ? texts.t('outcomes.value', { share, interval: texts.interval(interval) }) : share}
              </dd>
            )}
          </div>
        );
      })}
    </dl>
  );
}

/** What the line, the band and the dashes are, with the last value. */
function SurvivalKey({ retention: { curve }, texts }: { retention: Retention; texts: Texts }) {
  const last = curve.at(-1);
  const entries: readonly (readonly [string, MessageKey])[] = [
    ['line', 'retention.legend.line'],
    ['band', 'retention.legend.band'],
    ...(curve.some(({ thin }) => thin) ? [['thin', 'retention.legend.thin'] as const] : []),
  ];
  return (
    <dl class="chart-key">
      {entries.map(([kind, key]) => (
        <div key={kind}>
          <dt>
            <Swatch kind={kind} />
            {texts.t(key)}
          </dt>
          {kind === 'line' && last && (
            <dd class="num">
              {last.lo === null || last.hi === null
                ? texts.percent(last.survival)
                : texts.t('outcomes.value', {
                    share: texts.percent(last.survival),
                    interval: texts.interval([last.lo, last.hi]),
                  })}
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}

function Swatch({ kind }: { kind: string }) {
  return (
    <svg class="chart-swatch" width="22" height="12" aria-hidden="true">
      {kind === 'line' || kind === 'thin' ? (
        <line class={`chart-line chart-${kind}`} x1="0" x2="22" y1="6" y2="6" />
      ) : (
        <rect class={`chart-${kind}`} width="22" height="12" />
      )}
    </svg>
  );
}
