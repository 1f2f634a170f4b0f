import { type Condition, standingOf } from '../learner-standing.ts';
import type { Steps } from '../learner-steps.ts';
import { attestationPath } from '../paths.ts';
import { unitTitle } from '../unit-words.ts';
import type { LearnerView } from '../views.ts';
import { CompletionRule } from './completion-rule.tsx';

/** One condition in words: how far the learner is of what is asked. */
function conditionWords(condition: Condition, { texts, definition }: LearnerView): string {
  const { t, wholePercent } = texts;
  switch (condition.kind) {
    case 'steps':
      return condition.met
        ? t('standing.stepsDone', { total: condition.total })
        : t('standing.stepsLeft', { left: condition.left, total: condition.total });
    case 'weight':
      return t('standing.weight', {
        share: wholePercent(condition.share),
        asked: wholePercent(condition.asked),
      });
    case 'must':
      return condition.met
        ? t('standing.mustDone')
        : t('standing.mustLeft', {
            list: texts.list(condition.missing.map((unit) => unitTitle(definition, unit, texts))),
          });
    case 'attendance':
      return condition.share === null
        ? t('standing.attendanceNone', { asked: wholePercent(condition.asked) })
        : t('standing.attendance', {
            share: wholePercent(condition.share),
            asked: wholePercent(condition.asked),
          });
  }
}

/** What is missing to completion; once nothing is, the attestation to print. */
export function OwnStanding({ steps, view, own }: { steps: Steps; view: LearnerView; own: boolean }) {
  const { texts, definition, row } = view;
  const { t } = texts;
  const conditions = standingOf(definition, row, steps, view.sessions ?? []);
  return (
    <section class="card" aria-labelledby="completion">
      <h2 id="completion">{t(row.state === 'completed' ? 'standing.titleDone' : 'standing.title')}</h2>
      {conditions.length > 0 && (
        <ul class="standing">
          {conditions.map((condition) => (
            <li key={condition.kind} class={condition.met ? 'standing-met' : 'standing-open'}>
              <span class="tag">{t(condition.met ? 'standing.met' : 'standing.open')}</span>{' '}
              {conditionWords(condition, view)}
            </li>
          ))}
        </ul>
      )}
      {definition.completion.acceptCourseCompletion && conditions.length > 0 && (
        <p class="note">{t('complete.course')}</p>
      )}
      {own && row.state === 'completed' && (
        <p>
          <a class="button" href={`${attestationPath(view.launchId, definition.id)}?lang=${texts.locale}`}>
            {t('standing.attestation')}
          </a>
        </p>
      )}
      <details class="legend">
        <summary>{t('complete.title')}</summary>
        <CompletionRule definition={definition} texts={texts} />
      </details>
    </section>
  );
}
