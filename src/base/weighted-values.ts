/** A value of a header such as Accept, in lower case, and how much it is wanted: 0 (not) to 1. */
export interface WeightedValue {
  readonly value: string;
  readonly quality: number;
}

/**
 * The values of a header with `q` parameters, in their order (RFC 9110 12.4.2); what has another quality than a number is
 * left out.
 */
export function weightedValues(header: string): readonly WeightedValue[] {
  return header.split(',').flatMap((entry) => {
    const [value = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
    const said = parameters.find((parameter) => /^q\s*=/.test(parameter));
    const quality = said === undefined ? 1 : Number(said.replace(/^q\s*=\s*/, ''));
    return value === '' || Number.isNaN(quality) ? [] : [{ value, quality }];
  });
}
