import type { CohortContext, CohortDefinition } from '../../config/cohort-definition.ts';
import type { DefinitionChange } from '../cohorts/definition-changes.ts';
import type { Cohort } from '../cohorts/definitions.ts';
import type { DraftEffect } from '../cohorts/draft-figures.ts';
import type { Proposals } from '../cohorts/proposals.ts';
import type { FieldFault } from './definition-check.ts';
import type { DefinitionForm } from './definition-form.ts';
import type { MergeConflict } from './definition-merge.ts';
import type { PageFrame } from './views.ts';

/** The parts of the form, each a page of its own. */
export const STEPS = ['cohort', 'units', 'rules', 'options', 'check'] as const;
export type Step = (typeof STEPS)[number];

/** Units on a page of the form. */
export const UNITS_A_PAGE = 20;

/** What is told above the form. */
export type DraftNote =
  | { readonly kind: 'saved' | 'unchanged'; readonly version: number }
  | { readonly kind: 'stale' }
  | {
      readonly kind: 'conflict';
      readonly version: number;
      readonly who: string;
      readonly conflicts: readonly MergeConflict[];
    };

/** A form of the page that configures a cohort. */
export interface DefinitionView extends PageFrame {
  readonly form: DefinitionForm;
  /** Carried from page to page in a hidden field. */
  readonly carried: string;
  readonly step: Step;
  /** The cohort as it is; null for a new one. */
  readonly saved: Cohort | null;
  /** Faults that are shown. */
  readonly faults: readonly FieldFault[];
  readonly note: DraftNote | null;
  /** Null while anything is at fault. */
  readonly draft: CohortDefinition | null;
  /** What the draft changes; on the page where it is checked. */
  readonly changes: readonly DefinitionChange[];
  /** On the pages of rules and of checking; null elsewhere, and while anything is at fault. */
  readonly effect: DraftEffect | null;
  /** On the page of units. */
  readonly proposals: Proposals | null;
  /** The launch's course, to be added; null where it is there, or there is none. */
  readonly here: CohortContext | null;
  readonly groups: readonly string[];
  /** Page of units, from 0. */
  readonly unitsPage: number;
  /** Row of a unit that is open. */
  readonly openUnit: number | null;
  /** What was typed of a session that is to be added, with what is wrong. */
  readonly session: SessionDraft;
  /** Activities ticked among those proposed; absent: those that the page ticks at first. */
  readonly picked?: ReadonlySet<string> | undefined;
}

export interface SessionDraft {
  readonly fields: Readonly<Record<string, string>>;
  readonly faults: Readonly<Record<string, 'date' | 'time' | 'slotReversed'>>;
}

/** The part of the form that a field is in. */
export function stepOfField(field: string): Step {
  const [first = ''] = field.split('.');
  if (first === 'units') return 'units';
  if (first === 'completion' || first === 'dropout') return 'rules';
  return first === 'cost' || first === 'grades' || first === 'enrolFromStatements' ? 'options' : 'cohort';
}
