import type { Meaning, Recorder } from '../../xapi/vocabulary/event.ts';
import type { State } from '../metrics/types.ts';
import type { EndReason } from '../storage/ports/cohort-store.ts';

/** What somebody did on a unit; `share` 0..1: a score, or how far they are. */
export interface Doing {
  readonly kind: 'completed' | 'passed' | 'failed' | 'scored' | 'progressed' | 'opened' | 'worked';
  readonly share: number | null;
}

/** Acts and visits of one day, told by so many statements between two instants (ms). */
interface Traced {
  readonly traces: number;
  readonly from: number;
  readonly to: number;
}

type Said =
  | (Traced & {
      readonly kind: 'work';
      /** Null: in the course, on none of its units. */
      readonly unit: string | null;
      readonly doings: readonly Doing[];
      /** The unit is satisfied since that day. */
      readonly satisfied: boolean;
    })
  | (Traced & { readonly kind: 'visited' })
  | { readonly kind: 'satisfied' | 'overdue'; readonly unit: string }
  | {
      readonly kind: 'session';
      readonly unit: string;
      readonly status: 'attended' | 'absent' | 'excused';
      readonly minutes: number | null;
      /** Of the register's entry, if there is one. */
      readonly recorder: Recorder | null;
      readonly recordedAt: number | null;
    }
  | {
      readonly kind: 'waived';
      readonly unit: string;
      readonly reason: string | null;
      readonly recorder: Recorder | null;
      readonly recordedAt: number;
    }
  /** `days` of silence, where silence made the state. */
  | { readonly kind: 'state'; readonly state: State; readonly was: State; readonly days: number | null }
  /** `until` null: it lasts. */
  | { readonly kind: 'silence'; readonly days: number; readonly until: number | null }
  | { readonly kind: 'enrolled'; readonly assumed: boolean }
  | { readonly kind: 'ended'; readonly reason: EndReason }
  | { readonly kind: 'suspended' | 'resumed' };

/** One thing that happened with a learner. `at` in ms; `sources`: ids of the statements that tell of it, none if computed. */
export type TimelineEntry = Said & { readonly at: number; readonly sources: readonly string[] };

/** Meanings that are told of being in a session. */
export const PRESENCE: ReadonlySet<Meaning> = new Set<Meaning>([
  'joined',
  'left',
  'attended',
  'absent',
  'excused',
]);
