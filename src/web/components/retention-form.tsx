import { CLOCKS, POPULATIONS } from '../../metrics/types.ts';
import type { CohortView } from '../views.ts';
import { HiddenQuery } from './hidden-query.tsx';

/** Chooses the clock and the population of the two charts. */
export function RetentionForm({ view }: { view: CohortView }) {
  const { texts, path, query, retention } = view;
  const { t } = texts;
  return (
    <form class="filter" method="get" action={`${path}#retention`}>
      <HiddenQuery query={query} change={{ clock: undefined, population: undefined }} />
      <div class="field">
        <label for="retention-population">{t('retention.population')}</label>
        <select id="retention-population" name="population">
          {POPULATIONS.map((population) => (
            <option key={population} value={population} selected={population === retention.population}>
              {t(`population.${population}`)}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="retention-clock">{t('retention.clock')}</label>
        <select id="retention-clock" name="clock">
          {CLOCKS.map((clock) => (
            <option key={clock} value={clock} selected={clock === retention.clock}>
              {t(`clock.${clock}`)}
            </option>
          ))}
        </select>
      </div>
      <div class="actions">
        <button type="submit">{t('retention.submit')}</button>
      </div>
    </form>
  );
}
