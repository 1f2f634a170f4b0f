import type { Move } from '../move.ts';
import { ACCESS_MOVES } from './access.ts';
import { COHORT_MOVES } from './cohorts.ts';
import { COURSE_MOVES } from './courses.ts';
import { ERASURE_MOVES } from './erasures.ts';
import { EXCHANGE_MOVES } from './exchange.ts';
import { LTI_MOVES } from './lti.ts';
import { SAID_MOVES } from './said.ts';
import { mailboxMove, positionMove, referenceMove, statementMove } from './statements.ts';

/** What is not moved: facts are made anew of the statements, leases are whose turn it was, revisions spare reading. */
export const NOT_MOVED = ['fact_pages', 'fold_positions', 'leases', 'people_revisions'];

/** All that is moved, in this order. */
export const MOVES: readonly Move[] = [
  ...ACCESS_MOVES,
  ...LTI_MOVES,
  ...COHORT_MOVES,
  ...COURSE_MOVES,
  ...EXCHANGE_MOVES,
  ...SAID_MOVES,
  ...ERASURE_MOVES,
  mailboxMove,
  statementMove,
  referenceMove,
  positionMove,
];
