import {
  type CohortDefinition,
  type CohortDefinitionInput,
  cohortDefinitionSchema,
} from '../../config/cohort-definition.ts';
import type { CohortMetrics, LearnerRow, Rate, RateName, State } from '../../src/metrics/types.ts';
import { ALERTS, STATES } from '../../src/metrics/types.ts';
import { type CohortQuery, readCohortQuery } from '../../src/web/cohort-query.ts';
import { type HeatView, heatView } from '../../src/web/heat-view.ts';
import { createTexts, type Locale } from '../../src/web/intl.ts';
import { selectRows } from '../../src/web/select-rows.ts';
import type { CohortView, LearnerView } from '../../src/web/views.ts';
import { retentionSample } from './sample-retention.ts';

/** A rate with its Wilson interval, as metrics.md "Rates" asks. */
export function rateOf(numerator: number, denominator: number, withInterval = true): Rate {
  if (denominator === 0) return { numerator, denominator, value: null, ci95: null };
  const z = 1.959963984540054;
  const value = numerator / denominator;
  const middle = (value + (z * z) / (2 * denominator)) / (1 + (z * z) / denominator);
  const half =
    (z / (1 + (z * z) / denominator)) *
    Math.sqrt((value * (1 - value)) / denominator + (z * z) / (4 * denominator * denominator));
  const ci95 = [Math.max(0, middle - half), Math.min(1, middle + half)] as const;
  return { numerator, denominator, value, ci95: withInterval ? ci95 : null };
}

export function definitionOf(change: Partial<CohortDefinitionInput> = {}): CohortDefinition {
  return cohortDefinitionSchema.parse({
    id: 'gestion-projet-2026-09',
    title: { fr: 'Gestion de projet, promotion 9', en: 'Project management, class 9' },
    kind: 'blended',
    startsOn: '2026-09-07',
    endsOn: '2026-11-27',
    breaks: [{ from: '2026-10-19', to: '2026-10-30' }],
    units: [
      {
        id: 'https://moodle.example.org/mod/page/view.php?id=12',
        title: { fr: 'Cadrer un projet', en: 'Framing a project' },
        plannedMinutes: 45,
        dueOn: '2026-09-20',
      },
      {
        id: 'https://moodle.example.org/mod/bigbluebuttonbn/view.php?id=15',
        title: { fr: 'Classe virtuelle : les parties prenantes', en: 'Virtual class: stakeholders' },
        modality: 'virtual-class',
        plannedMinutes: 90,
        satisfiedBy: 'Attended',
        startsAt: '2026-09-22T14:00+02:00',
        endsAt: '2026-09-22T15:30+02:00',
      },
      {
        id: 'https://moodle.example.org/mod/hvp/view.php?id=16',
        title: { fr: 'Estimer la charge et le calendrier', en: 'Estimating effort and schedule' },
        plannedMinutes: 75,
        dueOn: '2026-10-04',
      },
      {
        id: 'https://moodle.example.org/mod/quiz/view.php?id=18',
        title: { fr: 'Quiz intermédiaire', en: 'Mid-course quiz' },
        modality: 'assessment',
        plannedMinutes: 30,
        dueOn: '2026-10-11',
        satisfiedBy: 'Passed',
        minScore: 0.6,
      },
      {
        id: 'https://training.example.org/sessions/paris-1',
        title: { fr: 'Atelier à Paris : gérer les risques', en: 'Workshop in Paris: managing risks' },
        modality: 'in-person',
        plannedMinutes: 420,
        satisfiedBy: 'Attended',
        startsAt: '2026-11-05T09:30+01:00',
        endsAt: '2026-11-05T17:00+01:00',
      },
      {
        id: 'https://moodle.example.org/mod/url/view.php?id=20',
        title: { fr: 'Pour aller plus loin : études de cas', en: 'Further reading: case studies' },
        plannedMinutes: 60,
        required: false,
      },
      {
        id: 'https://moodle.example.org/mod/assign/view.php?id=21',
        title: { fr: 'Étude de cas finale', en: 'Final case study' },
        modality: 'assessment',
        plannedMinutes: 120,
        dueOn: '2026-11-20',
        satisfiedBy: 'CompletedAndPassed',
        weight: 2,
      },
    ],
    completion: { minAttendance: 0.8 },
    cost: { fixed: 12_000, perLearner: 90 },
    ...change,
  });
}

const FIRST = [
  'Camille',
  'Hélène',
  'Moussa',
  'Inès',
  'Jean-Baptiste',
  'Léa',
  'Thùy',
  'Óscar',
  'Zoé',
  'Karim',
];
const LAST = [
  'Aubert',
  'Diallo',
  'Nguyễn',
  'Lefèvre',
  'Martínez',
  'Benali',
  'Rousseau',
  'De La Tour-Montrevel',
];
/** How many of the sixty are in which state. */
const SPREAD: Readonly<Record<State, number>> = {
  completed: 8,
  active: 24,
  inactive: 7,
  notStarted: 6,
  dropped: 9,
  withdrawn: 5,
  transferred: 1,
  noShow: 0,
  unfinished: 0,
};

export function rowOf(n: number, state: State, change: Partial<LearnerRow> = {}): LearnerRow {
  const acted = state !== 'notStarted' && state !== 'noShow';
  const progress = state === 'completed' ? 1 : acted ? ((n * 7) % 8) / 8 : 0;
  const lastActAt = acted ? `2026-10-${String(1 + ((n * 5) % 13)).padStart(2, '0')}T09:12:00Z` : null;
  const alerted = state === 'active' || state === 'inactive' || state === 'notStarted';
  return {
    enrolmentId: `enrolment-${n}`,
    actor: { account: { homePage: 'https://moodle.example.org', name: String(100 + n) } },
    name: n % 11 === 7 ? null : `${FIRST[n % FIRST.length]} ${LAST[(n * 3) % LAST.length]}`,
    enrolledAt: '2026-09-07T06:00:00Z',
    endedAt: state === 'withdrawn' || state === 'transferred' ? '2026-09-30T08:00:00Z' : null,
    state,
    since: lastActAt ?? '2026-09-07T06:00:00Z',
    alerts: alerted
      ? ALERTS.filter((_, index) =>
          state === 'notStarted' ? index === 3 : (n + index) % 4 === 0 && index < 3,
        )
      : [],
    progress,
    realisation: Math.round(progress * 100),
    firstActAt: acted ? '2026-09-08T07:00:00Z' : null,
    lastActAt,
    lastSeenAt: lastActAt,
    completedAt: state === 'completed' ? lastActAt : null,
    units: [],
    sessions: [],
    ...change,
  };
}

export const sampleRows: readonly LearnerRow[] = STATES.flatMap((state, at) =>
  Array.from({ length: SPREAD[state] }, (_, n) => rowOf(at * 31 + n, state)),
);

export function metricsOf(change: Partial<CohortMetrics> = {}): CohortMetrics {
  const counts = {
    ...SPREAD,
    enrolled: 60,
    started: 52,
    withdrawnBeforeStart: 2,
    atRisk: sampleRows.filter(({ alerts }) => alerts.length > 0).length,
  };
  const rates: Readonly<Record<RateName, Rate>> = {
    startRate: rateOf(52, 60),
    completionOfEnrolled: rateOf(8, 60),
    completionOfStarted: rateOf(8, 52),
    dropoutOfEnrolled: rateOf(14, 60),
    dropoutOfStarted: rateOf(12, 52),
    neverStarted: rateOf(6, 60),
    attendanceGross: rateOf(43, 58, false),
    attendanceNet: rateOf(43, 55, false),
  };
  const units = [
    [52, 49, 6, 2],
    [47, 43, 15, 4],
    [44, 38, 24.5, 5],
    [36, 30, 32, 2],
    [0, 0, null, 1],
    [12, 9, 35, 0],
    [10, 8, 36.5, 0],
  ] as const;
  const weeks = [
    [612, 47, 0, 52],
    [540, 44, 1, 52],
    [488, 41, 2, 51],
    [395, 38, 4, 49],
    [310, 33, 3, 45],
    [124, 21, 4, 42],
  ] as const;
  return {
    cohortId: 'gestion-projet-2026-09',
    definitionVersion: 1,
    cohortVersion: 3,
    asOf: '2026-10-14T07:30:00Z',
    knownAt: null,
    final: false,
    counts,
    rates,
    progress: { mean: 0.524, median: 0.5, histogram: [6, 4, 3, 6, 5, 8, 7, 6, 4, 3, 8] },
    timeToComplete: { n: 8, medianDays: 34.5, p25Days: 31, p75Days: 36 },
    funnel: [
      { step: 'enrolled', count: 60 },
      { step: 'started', count: 52 },
      { step: 'p25', count: 45 },
      { step: 'p50', count: 34 },
      { step: 'p75', count: 15 },
      { step: 'completed', count: 8 },
    ],
    units: definitionOf().units.map(({ id }, n) => {
      const [reached, satisfied, medianDays, leavers] = units[n] ?? [0, 0, null, 0];
      return { id, reached, satisfied, medianDays, leavers };
    }),
    weekly: weeks.map(([acts, activeLearners, drops, atRisk], week) => ({
      week,
      from: new Date(Date.UTC(2026, 8, 7 + 7 * week)).toISOString().slice(0, 10),
      acts,
      activeLearners,
      drops,
      atRisk,
      hazard: drops / atRisk,
    })),
    attendance: { held: 58, attended: 43, excused: 3, presentMinutes: 3_655, slotMinutes: 5_220 },
    cost: { currency: 'EUR', total: 17_400, perEnrolled: 290, perCompleter: 2_175 },
    ...change,
  };
}

/** Nobody enrolled: every count 0, every rate null. */
export function emptyMetrics(): CohortMetrics {
  const full = metricsOf();
  const zero = <K extends string>(counts: Readonly<Record<K, number>>) =>
    Object.fromEntries(Object.keys(counts).map((name) => [name, 0]));
  return {
    ...full,
    counts: { ...full.counts, ...zero(full.counts) },
    rates: {
      startRate: rateOf(0, 0),
      completionOfEnrolled: rateOf(0, 0),
      completionOfStarted: rateOf(0, 0),
      dropoutOfEnrolled: rateOf(0, 0),
      dropoutOfStarted: rateOf(0, 0),
      neverStarted: rateOf(0, 0),
      attendanceGross: rateOf(0, 0),
      attendanceNet: rateOf(0, 0),
    },
    progress: { mean: null, median: null, histogram: Array.from({ length: 11 }, () => 0) },
    timeToComplete: { n: 0, medianDays: null, p25Days: null, p75Days: null },
    funnel: full.funnel.map(({ step }) => ({ step, count: 0 })),
    units: [],
    weekly: [],
    attendance: null,
    cost: null,
  };
}

const FRAME = {
  launchId: 'L1',
  path: '/app/L1',
  csrfToken: 'csrf-1',
  now: '2026-10-14T07:30:00Z',
} as const;

/** Two weeks with the same in each. */
function heatSample(query: CohortQuery, rows: readonly LearnerRow[]): HeatView {
  const definition = definitionOf();
  const line = (id: string) => ({ id, counts: [0, 3] });
  const heatmap = () => ({
    weeks: [
      { week: 0, from: '2026-09-07' },
      { week: 1, from: '2026-09-14' },
    ],
    units: () => definition.units.map(({ id }) => line(id)),
    learners: (ids: readonly string[]) => ids.map(line),
  });
  return heatView({ definition, heatmap }, query, rows);
}

/** The cohort page's view for an address such as "?state=dropped". */
export function cohortViewOf(
  address = '',
  change: Partial<CohortView> & { readonly all?: readonly LearnerRow[]; readonly locale?: Locale } = {},
): CohortView {
  const { all = sampleRows, locale = 'fr', ...view } = change;
  const query = readCohortQuery(new URLSearchParams(address));
  const selected = selectRows(all, query);
  return {
    ...FRAME,
    role: 'staff',
    texts: createTexts(locale),
    definition: definitionOf(),
    metrics: metricsOf(),
    retention: retentionSample(),
    heat: heatSample(query, selected.rows),
    leaving: [],
    sessions: [],
    rows: selected.rows,
    totalRows: selected.total,
    page: selected.page,
    pageSize: selected.pageSize,
    query,
    ...view,
  };
}

/** A learner half-way, with one step waived and one late. */
export function learnerViewOf(change: Partial<LearnerView> & { readonly locale?: Locale } = {}): LearnerView {
  const { locale = 'fr', ...view } = change;
  const definition = view.definition ?? definitionOf();
  return {
    ...FRAME,
    role: 'learner',
    texts: createTexts(locale),
    definition,
    row: rowOf(0, 'active', {
      progress: 0.5,
      lastActAt: '2026-10-12T16:40:00Z',
      units: definition.units.map(({ id }, n) => ({
        id,
        satisfiedAt: n < 2 ? `2026-09-${15 + n * 7}T13:30:00Z` : n === 3 ? '2026-10-10T10:00:00Z' : null,
        waived: false,
      })),
      sessions: [
        { id: definition.units[1]?.id ?? '', status: 'attended', minutes: 88 },
        { id: definition.units[4]?.id ?? '', status: 'upcoming', minutes: null },
      ],
    }),
    asOf: '2026-10-14T07:30:00Z',
    final: false,
    cohortVersion: 3,
    platformOrigins: ['https://moodle.example.org'],
    ...view,
  };
}
