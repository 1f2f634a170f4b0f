import type { CohortDefinition } from '../../config/cohort-definition.ts';
import type { Heatmap } from '../metrics/heatmap.ts';
import type { Leaving } from '../metrics/leaving.ts';
import type { SessionFigures } from '../metrics/session-figures.ts';
import { type CohortMetrics, RATE_NAMES, type Rate, STATES } from '../metrics/types.ts';
import { type CsvValue, csvText } from './csv-text.ts';
import type { Texts } from './intl.ts';
import { unitTitle } from './unit-words.ts';

/** Tables of the cohort page as CSV: names and numbers are those of the API, shares 0..1, minutes, days. */
interface Context {
  readonly definition: CohortDefinition;
  readonly texts: Texts;
}

type Line = readonly CsvValue[];

export function statesCsv({ counts }: CohortMetrics): string {
  const share = (count: number) => (counts.enrolled === 0 ? null : count / counts.enrolled);
  return csvText([
    ['state', 'count', 'share'],
    ...STATES.map((state): Line => [state, counts[state], share(counts[state])]),
    ['enrolled', counts.enrolled, share(counts.enrolled)],
  ]);
}

export function ratesCsv({ rates }: CohortMetrics): string {
  const line = (name: string, { numerator, denominator, value, ci95 }: Rate): Line => [
    name,
    numerator,
    denominator,
    value,
    ci95?.[0] ?? null,
    ci95?.[1] ?? null,
  ];
  return csvText([
    ['rate', 'numerator', 'denominator', 'value', 'lo', 'hi'],
    ...RATE_NAMES.map((name) => line(name, rates[name])),
  ]);
}

export function funnelCsv({ funnel, counts }: CohortMetrics): string {
  return csvText([
    ['step', 'count', 'share'],
    ...funnel.map(
      ({ step, count }): Line => [step, count, counts.enrolled === 0 ? null : count / counts.enrolled],
    ),
  ]);
}

export function unitsCsv({ units }: CohortMetrics, context: Context): string {
  return csvText([
    ['unit', 'title', 'reached', 'satisfied', 'medianDays', 'leavers'],
    ...units.map(
      ({ id, reached, satisfied, medianDays, leavers }): Line => [
        id,
        titleOf(id, context),
        reached,
        satisfied,
        medianDays,
        leavers,
      ],
    ),
  ]);
}

export function exitsCsv(leaving: readonly Leaving[], context: Context): string {
  return csvText([
    ['unit', 'title', 'leavers', 'dropped', 'withdrawn', 'reached'],
    ...leaving.map(
      ({ unit, leavers, dropped, withdrawn, reached }): Line => [
        unit,
        unit === null ? null : titleOf(unit, context),
        leavers,
        dropped,
        withdrawn,
        reached,
      ],
    ),
  ]);
}

export function weeklyCsv({ weekly }: CohortMetrics): string {
  const head = ['week', 'from', 'acts', 'activeLearners', 'drops', 'atRisk', 'hazard'] as const;
  return csvText([head, ...weekly.map((week) => head.map((name) => week[name]))]);
}

/** All weeks; `lines` with the words that stand before them. */
export function heatmapCsv(
  { weeks }: Pick<Heatmap, 'weeks'>,
  names: readonly string[],
  lines: readonly Line[],
): string {
  return csvText([[...names, ...weeks.map(({ from }) => from)], ...lines]);
}

export function attendanceCsv(sessions: readonly SessionFigures[], context: Context): string {
  return csvText([
    [
      'session',
      'title',
      'startsAt',
      'endsAt',
      'standing',
      'required',
      'held',
      'attended',
      'excused',
      'absent',
      'gross',
      'net',
      'presentMinutes',
      'slotMinutes',
    ],
    ...sessions.map((session): Line => {
      const unit = context.definition.units.find(({ id }) => id === session.id);
      return [
        session.id,
        titleOf(session.id, context),
        unit?.startsAt ?? null,
        unit?.endsAt ?? null,
        session.standing,
        session.required,
        session.held,
        session.attended,
        session.excused,
        session.absent,
        session.gross.value,
        session.net.value,
        Math.round(session.presentMinutes),
        Math.round(session.slotMinutes),
      ];
    }),
  ]);
}

function titleOf(id: string, { definition, texts }: Context): string {
  const unit = definition.units.find((each) => each.id === id);
  return unit === undefined ? id : unitTitle(definition, unit, texts);
}
