import type { ComponentChildren } from 'preact';
import { dayTicks, PLOT, xOf, yOf } from '../chart-geometry.ts';
import type { Texts } from '../intl.ts';

const GRID = [0, 0.25, 0.5, 0.75, 1] as const;

/**
 * The frame of a chart of shares over days: grid, days, what is not known yet, title and description. Children are drawn
 * in a box that is `horizon` wide and 1 high, downwards; letters keep their size whatever the width.
 */
export function ChartFrame({
  id,
  title,
  description,
  horizon,
  knownThrough,
  texts,
  children,
  overlay,
}: {
  id: string;
  title: string;
  description: string;
  horizon: number;
  /** The last day whose dropouts are known, when that lies before the horizon of a closed cohort; else null. */
  knownThrough: number | null;
  texts: Texts;
  children: ComponentChildren;
  /** Above all else, in px of the chart and per cent of its width. */
  overlay?: ComponentChildren;
}) {
  const bottom = yOf(0);
  return (
    <svg
      class="chart"
      width="100%"
      height={PLOT.top + PLOT.height + 26}
      role="img"
      aria-labelledby={`${id}-title ${id}-desc`}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{description}</desc>
      <svg
        x="0"
        y={PLOT.top}
        width="100%"
        height={PLOT.height}
        viewBox={`0 0 ${Math.max(1, horizon)} 1`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {children}
      </svg>
      {knownThrough !== null && (
        <>
          <pattern
            id={`${id}-hatch`}
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <line class="chart-hatch" x1="0" x2="0" y1="0" y2="6" />
          </pattern>
          <svg
            x={xOf(knownThrough, horizon)}
            y={PLOT.top}
            width={xOf(horizon - knownThrough, horizon)}
            height={PLOT.height}
            aria-hidden="true"
          >
            <rect width="100%" height="100%" fill={`url(#${id}-hatch)`} />
            <line class="chart-known" x1="0" x2="0" y1="0" y2="100%" />
          </svg>
        </>
      )}
      <g>
        {GRID.map((share) => (
          <g key={share}>
            <line class="chart-grid" x1="0" x2="100%" y1={yOf(share)} y2={yOf(share)} />
            {share > 0 && (
              <text class="chart-label" x="2" y={yOf(share) + 12}>
                {texts.wholePercent(share)}
              </text>
            )}
          </g>
        ))}
        {dayTicks(horizon).map((day) => (
          <text
            key={day}
            class="chart-label"
            x={xOf(day, horizon)}
            y={bottom + 16}
            text-anchor={day === 0 ? 'start' : day === horizon ? 'end' : 'middle'}
          >
            {day === horizon ? `${texts.number(day)} ${texts.t('retention.axis')}` : texts.number(day)}
          </text>
        ))}
      </g>
      {overlay}
    </svg>
  );
}
