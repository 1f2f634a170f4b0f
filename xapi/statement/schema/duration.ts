import type { Dialect } from './dialect.ts';
import { textOf } from './parts.ts';

// ISO 8601:2004 section 4.4.3.2: weeks alone, or designators in order, only the last with a decimal fraction.
const WEEKS = /^P\d+(?:[.,]\d+)?W$/;
const DESIGNATORS =
  /^P(?=\d|T\d)(?:\d+(?:[.,]\d+)?Y)?(?:\d+(?:[.,]\d+)?M)?(?:\d+(?:[.,]\d+)?D)?(?:T(?=\d)(?:\d+(?:[.,]\d+)?H)?(?:\d+(?:[.,]\d+)?M)?(?:\d+(?:[.,]\d+)?S)?)?$/;
const FRACTION_BEFORE_THE_LAST = /[.,]\d+[YMDH]T?\d/;
const FINER_THAN_CENTISECONDS = /([.,]\d\d)\d+S$/;

/** True for an ISO 8601 duration with designators (1.0.3 Data 4.6). */
export function isDuration(value: string): boolean {
  return WEEKS.test(value) || (DESIGNATORS.test(value) && !FRACTION_BEFORE_THE_LAST.test(value));
}

/** The duration as it counts in comparisons: seconds cut after two decimals (1.0.3 Data 4.6). */
export function comparableDuration(value: string): string {
  return value.replace(FINER_THAN_CENTISECONDS, '$1S');
}

/** `PT1H2M3.45S`, `P3W` (1.0.3 Data 4.6). */
export function duration(dialect: Dialect) {
  return textOf(dialect, 'duration', 'an ISO 8601 duration such as PT1H30M', isDuration);
}
