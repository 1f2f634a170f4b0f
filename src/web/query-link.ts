/** Parameters of a list's page, by name; absent ones are undefined. */
export type Parameters = Readonly<Record<string, string | number | undefined>>;

/** Parameters as pairs, for links and hidden fields; what is usual (the first page, by attention) is left out. */
export function pairsOf(parameters: Parameters): [string, string][] {
  return Object.entries(parameters).flatMap(([name, value]): [string, string][] =>
    value === undefined || (name === 'sort' && value === 'attention') || (name === 'page' && value === 1)
      ? []
      : [[name, String(value)]],
  );
}

/** A path with these parameters. */
export function linkTo(path: string, pairs: [string, string][]): string {
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs).toString()}`;
}
