import type { HeatLine } from '../../metrics/heatmap.ts';
import type { Week } from '../../metrics/weeks.ts';
import { HEAT_KINDS, type HeatKind, queryHref } from '../cohort-query.ts';
import { UNITS_SHOWN } from '../heat-view.ts';
import { plusDays } from '../local-date.ts';
import { learnerPath } from '../paths.ts';
import { unitTitle } from '../unit-words.ts';
import type { CohortView } from '../views.ts';
import { CsvLink } from './csv-link.tsx';
import { learnerName } from './learners-table.tsx';
import { Pager } from './pager.tsx';

/** The tint of a count, 0 none to 5 the highest: by its root, so that the many small ones differ too. */
function tint(count: number, highest: number): number {
  return count === 0 || highest === 0 ? 0 : Math.max(1, Math.ceil(5 * Math.sqrt(count / highest)));
}

/** Whether a week lies in the cohort's breaks, but for its weekend. */
function isBreak({ from }: Week, { definition }: CohortView): boolean {
  const friday = plusDays(from, 4);
  return definition.breaks.some((pause) => pause.from <= from && pause.to >= friday);
}

function Kinds({ view }: { view: CohortView }) {
  const { texts, path, query, heat } = view;
  const href = (kind: HeatKind) => `${queryHref(path, query, { heat: kind })}#heatmap`;
  return (
    <nav class="tabs" aria-label={texts.t('heat.kind')}>
      <ul>
        {HEAT_KINDS.map((kind) => (
          <li key={kind}>
            <a href={href(kind)} aria-current={kind === heat.kind ? 'true' : undefined}>
              {texts.t(`heat.${kind}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Leads to the weeks before and after, where not all are shown. */
function Weeks({ view }: { view: CohortView }) {
  const { texts, path, query, heat } = view;
  const [first, last] = [heat.weeks[0], heat.weeks.at(-1)];
  if ((heat.earlier === null && heat.later === null) || first === undefined || last === undefined)
    return null;
  const href = (week: number) => `${queryHref(path, query, { week })}#heatmap`;
  return (
    <nav class="pager" aria-label={texts.t('heat.weeks')}>
      {heat.earlier !== null && (
        <a rel="prev" href={href(heat.earlier)}>
          {texts.t('heat.earlier')}
        </a>
      )}
      <span>{texts.t('heat.range', { from: first.week, to: last.week })}</span>
      {heat.later !== null && (
        <a rel="next" href={href(heat.later)}>
          {texts.t('heat.later')}
        </a>
      )}
    </nav>
  );
}

/** Unit or learner of a line. */
function LineHead({ id, view }: { id: string; view: CohortView }) {
  const { texts, definition, heat } = view;
  if (heat.kind === 'units') {
    const unit = definition.units.find((each) => each.id === id);
    return <th scope="row">{unit === undefined ? id : unitTitle(definition, unit, texts)}</th>;
  }
  const row = view.rows.find(({ enrolmentId }) => enrolmentId === id);
  const learner = view.learnerOf?.get(id);
  const name = row === undefined ? id : learnerName(row, texts);
  return (
    <th scope="row">
      {learner === undefined ? (
        name
      ) : (
        <a href={`${learnerPath(view.launchId, definition.id, learner)}?lang=${texts.locale}`}>{name}</a>
      )}
    </th>
  );
}

function HeatTable({ view }: { view: CohortView }) {
  const { texts, definition, heat } = view;
  const { t, number } = texts;
  const highest = Math.max(0, ...heat.lines.flatMap(({ counts }) => counts));
  const labels = heat.weeks.map(({ week }) => t('weekly.number', { n: week }));
  const cell = (count: number, index: number) => (
    <td
      key={index}
      class={count === 0 ? undefined : `heat-${tint(count, highest)}`}
      data-label={labels[index]}
    >
      {number(count)}
    </td>
  );
  return (
    <table class="heatmap">
      <thead>
        <tr>
          <th scope="col">{t(heat.kind === 'units' ? 'heat.unit' : 'heat.learner')}</th>
          {heat.weeks.map((week, index) => (
            <th key={week.week} scope="col">
              {labels[index]}
              <span class="note">{texts.date(week.from, definition.timezone, 'short')}</span>
              {isBreak(week, view) && <span class="note"> {t('heat.break')}</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {heat.lines.map(({ id, counts }: HeatLine) => (
          <tr key={id}>
            <LineHead id={id} view={view} />
            {counts.map(cell)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The weeks as a table of numbers with tints: steps done by unit, or activities by learner (the page of the list). */
export function HeatmapSection({ view }: { view: CohortView }) {
  const { texts, heat, definition } = view;
  const { t } = texts;
  const total = definition.units.length;
  return (
    <section class="card" aria-labelledby="heatmap">
      <div class="section-head">
        <h2 id="heatmap">{t('heat.title')}</h2>
        <Kinds view={view} />
      </div>
      {heat.weeks.length === 0 ? (
        <p class="empty">{t('weekly.none')}</p>
      ) : heat.lines.length === 0 ? (
        <p class="empty">{t(heat.kind === 'units' ? 'heat.noUnits' : 'heat.nobody')}</p>
      ) : (
        <>
          <p class="note">{t(heat.kind === 'units' ? 'heat.unitsText' : 'heat.learnersText')}</p>
          <HeatTable view={view} />
          {heat.kind === 'units' && total > UNITS_SHOWN && (
            <p class="note">{t('table.firstUnits', { shown: UNITS_SHOWN, total })}</p>
          )}
          <div class="section-foot">
            <Weeks view={view} />
            {heat.kind === 'learners' && <Pager view={view} anchor="heatmap" />}
            <CsvLink table="heatmap" view={view} />
          </div>
        </>
      )}
    </section>
  );
}
