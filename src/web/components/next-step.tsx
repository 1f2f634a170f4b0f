import { isOwnUnit } from '../../units/own-units.ts';
import { type Step, type Steps, unitLink } from '../learner-steps.ts';
import { unitPath } from '../paths.ts';
import { unitTitle } from '../unit-words.ts';
import type { LearnerView } from '../views.ts';

function whenWords({ status, when }: Step, { texts, definition }: LearnerView): string | null {
  if (when === null) return null;
  if (status === 'upcoming')
    return texts.t('next.starts', { date: texts.dateTime(when, definition.timezone) });
  const date = texts.date(when, definition.timezone, 'long');
  return texts.t(status === 'overdue' ? 'next.duePassed' : 'next.due', { date });
}

/** The one step to do now, with its way in; or why there is none. */
export function NextStep({ steps, view }: { steps: Steps; view: LearnerView }) {
  const { texts, definition, platformOrigins } = view;
  const { t } = texts;
  const { next, onlyMissedLeft, total } = steps;
  if (next === null && total === 0) return null;
  const when = next && whenWords(next, view);
  const own = next !== null && view.role !== 'observer' && isOwnUnit(next.unit);
  const href = next && !own && unitLink(next.unit, platformOrigins);
  return (
    <section class="card next" aria-labelledby="next">
      <h2 id="next">{t('next.title')}</h2>
      {next === null ? (
        <p>{t(onlyMissedLeft ? 'next.missed' : 'next.rest')}</p>
      ) : (
        <>
          <p class="next-title">{unitTitle(definition, next.unit, texts)}</p>
          <p class="note">
            {[
              t(`modality.${next.unit.modality}`),
              ...(next.unit.plannedMinutes === undefined ? [] : [texts.minutes(next.unit.plannedMinutes)]),
            ].join(' · ')}
          </p>
          {when && <p>{when}</p>}
          {own && (
            <a class="button" href={unitPath(view.launchId, definition.id, next.unit.id)}>
              {t('unit.open')}
            </a>
          )}
          {href && (
            // The platform refuses to be framed inside a frame of its own page.
            <a class="button" href={href} target="_top">
              {t('next.open')}
            </a>
          )}
        </>
      )}
    </section>
  );
}
