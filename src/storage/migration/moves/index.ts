import type { Move } from '../move.ts';
import { ACCESS_MOVES } from './access.ts';
import { COHORT_MOVES } from './cohorts.ts';
import { COURSE_MOVES } from './courses.ts';
import { EXCHANGE_MOVES } from './exchange.ts';
import { LTI_MOVES } from './lti.ts';
import { SAID_MOVES } from './said.ts';
import { mailboxMove, positionMove, referenceMove, statementMove } from './statements.ts';

/** All that is moved, in this order. Facts are not: whoever starts first makes them of the statements. */
export const MOVES: readonly Move[] = [
  ...ACCESS_MOVES,
  ...LTI_MOVES,
  ...COHORT_MOVES,
  ...COURSE_MOVES,
  ...EXCHANGE_MOVES,
  ...SAID_MOVES,
  mailboxMove,
  statementMove,
  referenceMove,
  positionMove,
];
