import type { Unit } from '../../../config/cohort-definition.ts';
import { UNITS_SHOWN } from '../heat-view.ts';
import { sessionPath } from '../paths.ts';
import { unitTitle } from '../unit-words.ts';
import type { CohortView } from '../views.ts';
import { Bar } from './bar.tsx';
import { CsvLink } from './csv-link.tsx';
import { Legend } from './legend.tsx';

function unitNotes(unit: Unit, { texts, definition }: CohortView): string {
  const { t } = texts;
  const when = unit.startsAt ?? null;
  return [
    t(`modality.${unit.modality}`),
    ...(unit.plannedMinutes === undefined ? [] : [texts.minutes(unit.plannedMinutes)]),
    ...(when === null ? [] : [texts.dateTime(when, definition.timezone)]),
    ...(unit.dueOn === undefined
      ? []
      : [t('units.dueOn', { date: texts.date(unit.dueOn, definition.timezone, 'short') })]),
    ...(unit.required ? [] : [t('units.optional')]),
    ...(unit.cancelled ? [t('units.cancelled')] : []),
  ].join(' · ');
}

function registerHref(unit: Unit, { launchId, definition, texts }: CohortView): string {
  const number = definition.units.indexOf(unit) + 1;
  return `${sessionPath(launchId, definition.id, number)}?lang=${texts.locale}`;
}

/** metrics.md "Units": step by step, who came there, who did it, how soon, and where people left. */
export function UnitsTable({ view }: { view: CohortView }) {
  const { texts, definition, metrics } = view;
  const { t, number } = texts;
  const { enrolled } = metrics.counts;
  const columns = {
    reached: t('units.reached'),
    satisfied: t('units.satisfied'),
    medianDays: t('units.median'),
    leavers: t('units.leavers'),
  };
  return (
    <section class="card" aria-labelledby="units">
      <h2 id="units">{t('units.title')}</h2>
      {definition.units.length === 0 ? (
        <p class="empty">{t('units.none')}</p>
      ) : (
        <>
          <table class="numbers stack units">
            <thead>
              <tr>
                <th scope="col">{t('units.unit')}</th>
                {Object.entries(columns).map(([name, label]) => (
                  <th key={name} scope="col" class="num">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {definition.units.slice(0, UNITS_SHOWN).map((unit) => {
                const figures = metrics.units.find(({ id }) => id === unit.id);
                const satisfied = figures?.satisfied ?? 0;
                return (
                  <tr key={unit.id}>
                    <th scope="row">
                      {unitTitle(definition, unit, texts)}
                      <span class="note">{unitNotes(unit, view)}</span>
                      {unit.satisfiedBy === 'Attended' && (
                        <a class="register-link" href={registerHref(unit, view)}>
                          {t('attendance.link')}
                        </a>
                      )}
                      <Bar share={enrolled === 0 ? 0 : satisfied / enrolled} />
                    </th>
                    <td class="num" data-label={columns.reached}>
                      {number(figures?.reached ?? 0)}
                    </td>
                    <td class="num" data-label={columns.satisfied}>
                      {number(satisfied)}
                    </td>
                    <td class="num" data-label={columns.medianDays}>
                      {figures?.medianDays == null ? t('value.none') : texts.days(figures.medianDays)}
                    </td>
                    <td class="num" data-label={columns.leavers}>
                      {number(figures?.leavers ?? 0)}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          {definition.units.length > UNITS_SHOWN && (
            <p class="note">
              {t('table.firstUnits', { shown: UNITS_SHOWN, total: definition.units.length })}
            </p>
          )}
          <Legend
            title={t('legend.columns')}
            entries={[
              [columns.reached, t('define.reached')],
              [columns.satisfied, t('define.satisfied')],
              [columns.medianDays, t('define.medianDays')],
              [columns.leavers, t('define.leavers')],
            ]}
          />
          <CsvLink table="units" view={view} />
        </>
      )}
    </section>
  );
}
