/** What the columns of a table mean, one click away beneath it. */
export function Legend({
  title,
  entries,
}: {
  title: string;
  entries: readonly (readonly [string, string])[];
}) {
  return (
    <details class="legend">
      <summary>{title}</summary>
      <dl>
        {entries.map(([term, meaning]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
