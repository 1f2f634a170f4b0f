import type { Dialect } from './dialect.ts';
import { textOf } from './parts.ts';

// ISO 8601:2004 section 4.4.3.2: weeks alone, or designators in order, only the last with a decimal fraction.
const WEEKS = /^P\d+(?:[.,]\d+)?W$/;
const DESIGNATORS =
  /^P(?=\d|T\d)(?:\d+(?:[.,]\d+)?Y)?(?:\d+(?:[.,]\d+)?M)?(?:\d+(?:[.,]\d+)?D)?(?:T(?=\d)(?:\d+(?:[.,]\d+)?H)?(?:\d+(?:[.,]\d+)?M)?(?:\d+(?:[.,]\d+)?S)?)?$/;
const FRACTION_BEFORE_THE_LAST = /[.,]\d+[YMDH]T?\d/;
const FINER_THAN_CENTISECONDS = /([.,]\d\d)\d+S$/;
const WITHOUT_WEIGHT = /(?:[.,]0+|([.,]\d)0)S$/;

/** True for an ISO 8601 duration with designators (1.0.3 Data 4.6). */
export function isDuration(value: string): boolean {
  return WEEKS.test(value) || (DESIGNATORS.test(value) && !FRACTION_BEFORE_THE_LAST.test(value));
}

/**
 * The duration as it counts in comparisons: seconds cut after two decimals (1.0.3 Data 4.6; IEEE 9274.1.1 4.2.7). Zeros at
 * their end do not count either: `PT1S` and `PT1.00S` are both the same as `PT1.001S`.
 */
export function comparableDuration(value: string): string {
  return value.replace(FINER_THAN_CENTISECONDS, '$1S').replace(WITHOUT_WEIGHT, '$1S');
}

/** `PT1H2M3.45S`, `P3W` (1.0.3 Data 4.6). */
export function duration(dialect: Dialect) {
  return textOf(dialect, 'duration', 'an ISO 8601 duration such as PT1H30M', isDuration);
}
