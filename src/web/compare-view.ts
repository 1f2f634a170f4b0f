import type { CohortDefinition } from '../../config/cohort-definition.ts';
import type { AgedCohort } from '../cohorts/compare-cohorts.ts';
import type { Cohort } from '../cohorts/definitions.ts';
import { USUAL_RETENTION } from '../metrics/retention.ts';
import type { CohortMetrics, Retention } from '../metrics/types.ts';
import type { CompareQuery } from './compare-query.ts';
import type { Texts } from './intl.ts';
import type { PageFrame } from './views.ts';

/** A cohort that may be laid beside. */
export interface CompareChoice {
  readonly id: string;
  readonly title: string;
  readonly startsOn: string;
  readonly checked: boolean;
}

/** The cohorts to choose from: of the same programme, others, and how many more there are than are listed. */
export interface CompareChoices {
  readonly programme: string | null;
  readonly same: readonly CompareChoice[];
  readonly others: readonly CompareChoice[];
  readonly unlisted: number;
}

/** A cohort of the comparison; `metrics` and `retention` are null where it is not that old yet. */
export interface ComparedView {
  /** A, B, C …: how it is called in the chart and the tables. */
  readonly letter: string;
  readonly id: string;
  readonly title: string;
  readonly definition: CohortDefinition;
  /** The end of the compared day, ISO 8601. */
  readonly asOf: string;
  readonly metrics: CohortMetrics | null;
  readonly retention: Retention | null;
}

export interface CompareView extends PageFrame {
  readonly cohort: Cohort;
  readonly choices: CompareChoices;
  /** Null until another cohort is chosen. */
  readonly comparison: { readonly day: number; readonly cohorts: readonly ComparedView[] } | null;
  /** Whether cohorts were asked for that are not, or not for this person, or too many. */
  readonly leftOut: boolean;
  readonly query: CompareQuery;
}

/** Listed at a time in each group. */
const MOST_LISTED = 40;
const plain = (text: string): string =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase('fr');

/** What may be laid beside a cohort: of its programme first, the latest first; those chosen are always listed. */
export function choicesFor(
  cohort: Cohort,
  open: readonly Cohort[],
  { others: chosen, find }: CompareQuery,
  texts: Texts,
): CompareChoices {
  const { programme = null } = cohort.definition.tags;
  const wanted = find === undefined ? null : plain(find);
  const choices = open
    .filter(({ id }) => id !== cohort.id)
    .map(({ id, definition }) => ({
      id,
      title: texts.pick(definition.title),
      startsOn: definition.startsOn,
      checked: chosen.includes(id),
      same: programme !== null && definition.tags.programme === programme,
    }))
    .filter(({ checked, title }) => checked || wanted === null || plain(title).includes(wanted))
    .sort((a, b) => (a.startsOn < b.startsOn ? 1 : a.startsOn > b.startsOn ? -1 : a.id < b.id ? -1 : 1));
  const listed = (group: typeof choices) =>
    group.filter(({ checked }, index) => checked || index < MOST_LISTED);
  const same = listed(choices.filter((each) => each.same));
  const others = listed(choices.filter((each) => !each.same));
  return { programme, same, others, unlisted: choices.length - same.length - others.length };
}

/** Cohorts at equal age as the page shows them. */
export function comparedViews(cohorts: readonly AgedCohort[], texts: Texts): readonly ComparedView[] {
  return cohorts.map(({ cohort, asOf, figures }, index) => ({
    letter: String.fromCharCode(65 + index),
    id: cohort.id,
    title: texts.pick(cohort.definition.title),
    definition: cohort.definition,
    asOf: new Date(asOf).toISOString(),
    metrics: figures?.metrics ?? null,
    retention: figures?.retention(USUAL_RETENTION) ?? null,
  }));
}
