import type { Retention, SurvivalRow } from '../../metrics/types.ts';
import { type Step, stepArea, stepPath } from '../chart-geometry.ts';
import type { Texts } from '../intl.ts';
import { ChartFrame } from './chart-frame.tsx';

/** Kaplan-Meier as a line of steps with its interval as a band; dashed where few are observed. */
export function SurvivalChart({ retention, texts }: { retention: Retention; texts: Texts }) {
  const { curve, horizon, knownThrough, final } = retention;
  const { t } = texts;
  const last = curve.at(-1);
  const begin: Step = { day: 0, share: 1 };
  const bound = (read: (row: SurvivalRow) => number | null) => [
    begin,
    ...curve.map((row) => ({ day: row.day, share: read(row) ?? row.survival })),
  ];
  return (
    <ChartFrame
      id="survival-chart"
      title={t('survival.heading')}
      description={
        last
          ? t('survival.desc', { survival: texts.percent(last.survival), day: last.day })
          : t('retention.noDropout')
      }
      horizon={horizon}
      knownThrough={final && knownThrough < horizon ? knownThrough : null}
      texts={texts}
    >
      <path
        class="chart-band"
        d={stepArea(
          bound(({ hi }) => hi),
          bound(({ lo }) => lo),
          horizon,
        )}
      />
      {piecesOf(curve, horizon).map(({ thin, steps, until }) => (
        <path
          key={steps[0]?.day}
          class={thin ? 'chart-line chart-thin' : 'chart-line'}
          d={stepPath(steps, until)}
        />
      ))}
    </ChartFrame>
  );
}

/** The line cut where rows begin or cease to be thin; each piece ends where the next begins. */
function piecesOf(curve: readonly SurvivalRow[], horizon: number) {
  const pieces: { readonly thin: boolean; readonly steps: Step[]; until: number }[] = [];
  let before: Step = { day: 0, share: 1 };
  for (const { day, survival, thin } of curve) {
    const piece = pieces.at(-1);
    if (!piece || piece.thin !== thin) {
      if (piece) piece.until = day;
      else if (thin) pieces.push({ thin: false, steps: [before], until: day });
      pieces.push({ thin, steps: [piece || thin ? { day, share: before.share } : before], until: horizon });
    }
    before = { day, share: survival };
    pieces.at(-1)?.steps.push(before);
  }
  return pieces.length > 0 ? pieces : [{ thin: false, steps: [before], until: horizon }];
}
