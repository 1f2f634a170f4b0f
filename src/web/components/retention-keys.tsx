import type { Retention } from '../../metrics/types.ts';
import type { MessageKey, Texts } from '../intl.ts';

const SHARES = ['completed', 'stillIn', 'dropped'] as const;

/** What the areas are, with the shares on the last day. */
export function OutcomesKey({ retention: { outcomes }, texts }: { retention: Retention; texts: Texts }) {
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
export function SurvivalKey({ retention: { curve }, texts }: { retention: Retention; texts: Texts }) {
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
