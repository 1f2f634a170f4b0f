interface Segment {
  /** The end of a `fill-…` class. */
  readonly tone: string;
  readonly label: string;
  readonly count: number;
}

/** Parts of a whole in one bar. Title and description tell the same in words; a table with the numbers goes with it. */
export function StackedBar({
  id,
  title,
  segments,
}: {
  id: string;
  title: string;
  segments: readonly Segment[];
}) {
  const total = segments.reduce((sum, { count }) => sum + count, 0);
  const shown = segments.filter(({ count }) => count > 0);
  let before = 0;
  return (
    <svg
      class="stacked"
      width="100%"
      height="20"
      role="img"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-desc`}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{shown.map(({ label, count }) => `${label} ${count}`).join(', ')}</desc>
      {shown.map(({ tone, count }) => {
        const x = (before / total) * 100;
        before += count;
        return (
          <rect
            key={tone}
            class={`segment fill-${tone}`}
            x={`${x}%`}
            width={`${(count / total) * 100}%`}
            height="20"
          />
        );
      })}
    </svg>
  );
}
