/**
 * How a value of a definition stands in a field of a form, and back. Shares (0..1) are shown in per cent; decimals are
 * typed with a comma or a point. A text that cannot be read stays what it is, for the schema to refuse.
 */
export type FieldKind =
  | 'text'
  | 'id'
  | 'iri'
  | 'zone'
  | 'currency'
  | 'date'
  | 'time'
  | 'days'
  | 'whole'
  | 'number'
  | 'percent'
  | 'choice'
  | 'flag'
  | 'yesNo';

/** Value -> text of its field; undefined and null are nothing at all. */
export function textOf(kind: FieldKind, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (kind === 'flag') return value === true ? 'on' : '';
  if (kind === 'yesNo') return value === true ? 'yes' : 'no';
  if (kind === 'percent' && typeof value === 'number') return shifted(String(value), 2);
  return String(value);
}

/** Text of a field -> value; undefined for nothing. */
export function readText(kind: FieldKind, text: string): unknown {
  if (kind === 'flag') return text === 'on';
  if (text === '') return undefined;
  const plain = text.trim();
  switch (kind) {
    case 'yesNo':
      return plain === 'yes' ? true : plain === 'no' ? false : plain;
    case 'days':
    case 'whole':
    case 'number':
    case 'percent': {
      if (plain === '') return undefined;
      const number = numberOf(plain);
      if (number === null) return text;
      return kind === 'percent' ? Number(shifted(number, -2)) : Number(number);
    }
    case 'text':
      return text;
    default:
      return plain === '' ? undefined : plain;
  }
}

/** A number as JavaScript writes it; null for what is none. Spaces may part thousands, a comma the decimals. */
function numberOf(text: string): string | null {
  const plain = text.replaceAll(/[\s%]/g, '').replace(',', '.');
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(plain) ? plain : null;
}

/** A decimal number as text, times ten so many times: exact, where a multiplication would round. */
function shifted(number: string, places: number): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(number) ?? [];
  const power = Number(exponent) + places - fraction.length;
  const digits = `${whole}${fraction}`.replace(/^0+(?=\d)/, '');
  if (power >= 0 && power < 20) return `${sign}${digits}${'0'.repeat(digits === '0' ? 0 : power)}`;
  if (power < -40 || power >= 20) return `${sign}${digits}e${power}`;
  const padded = digits.padStart(1 - power, '0');
  const decimals = padded.slice(power).replace(/0+$/, '');
  return `${sign}${padded.slice(0, power)}${decimals === '' ? '' : `.${decimals}`}`;
}
