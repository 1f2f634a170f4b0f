import type { Rate } from '../../metrics/types.ts';

/** A rate as a dot on a line from 0 to 100 %, with its interval as a band. The text beside says the same. */
export function IntervalStrip({ rate }: { rate: Rate }) {
  if (rate.value === null) return null;
  return (
    <svg class="strip" width="100%" height="12" aria-hidden="true">
      <line class="strip-axis" x1="0%" x2="100%" y1="6" y2="6" />
      {rate.ci95 && (
        <line class="strip-band" x1={`${rate.ci95[0] * 100}%`} x2={`${rate.ci95[1] * 100}%`} y1="6" y2="6" />
      )}
      <circle class="strip-dot" cx={`${rate.value * 100}%`} cy="6" r="5" />
    </svg>
  );
}
