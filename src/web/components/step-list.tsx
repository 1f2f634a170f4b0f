import { isOwnUnit } from '../../units/own-units.ts';
import { STILL_POSSIBLE, type Step, type StepStatus, type Steps } from '../learner-steps.ts';
import { stepAnchor, unitPath } from '../paths.ts';
import { satisfiedByWords, unitTitle } from '../unit-words.ts';
import type { LearnerView } from '../views.ts';
import { WaiverControl } from './waiver-control.tsx';

/** An instant of a session is told with its hour, all others as dates. */
const WITH_HOUR: readonly StepStatus[] = ['upcoming', 'held'];

/** How a step stands, in words. */
export function statusWords(
  { status, when }: Step,
  { texts, definition }: Pick<LearnerView, 'texts' | 'definition'>,
): string {
  if (when === null) return texts.t(`steps.${status}`);
  const date = WITH_HOUR.includes(status)
    ? texts.dateTime(when, definition.timezone)
    : texts.date(when, definition.timezone);
  return texts.t(`steps.${status}`, { date });
}

/** How a step stands, as a sign beside the words. */
export function StepMark({ status }: { status: StepStatus }) {
  const done = status === 'done' || status === 'waived';
  return (
    <svg class={`mark mark-${status}`} width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
      <circle cx="11" cy="11" r="9.5" />
      {done && <path d="M6.5 11.5l3 3 6-6.5" />}
      {status === 'overdue' && <path d="M11 6v6M11 15.2v.3" />}
    </svg>
  );
}

function StepItem({ step, view }: { step: Step; view: LearnerView }) {
  const { texts, definition } = view;
  const { t } = texts;
  const { unit, status } = step;
  const notes = [
    t(`modality.${unit.modality}`),
    ...(unit.plannedMinutes === undefined ? [] : [texts.minutes(unit.plannedMinutes)]),
    ...(unit.required ? [] : [t('steps.optional')]),
  ];
  return (
    <li class={`step step-${status}`} id={stepAnchor(definition, unit.id)}>
      <StepMark status={status} />
      <div>
        <h3>
          {isOwnUnit(unit) && view.role !== 'observer' ? (
            <a href={unitPath(view.launchId, definition.id, unit.id)}>{unitTitle(definition, unit, texts)}</a>
          ) : (
            unitTitle(definition, unit, texts)
          )}
        </h3>
        <p class="note">{notes.join(' · ')}</p>
        {STILL_POSSIBLE.includes(status) && (
          <p class="note">{t('steps.how', { how: satisfiedByWords(unit, texts) })}</p>
        )}
        <WaiverControl step={step} view={view} />
      </div>
      <p class="step-status">{statusWords(step, view)}</p>
    </li>
  );
}

/** All the steps in order, each with how it stands. */
export function StepList({ steps, view }: { steps: Steps; view: LearnerView }) {
  const { t } = view.texts;
  return (
    <section class="card" aria-labelledby="steps">
      <h2 id="steps">{t('steps.title')}</h2>
      {steps.all.length === 0 ? (
        <p class="empty">{t('steps.none')}</p>
      ) : (
        <ol class="steps">
          {steps.all.map((step) => (
            <StepItem key={step.unit.id} step={step} view={view} />
          ))}
        </ol>
      )}
    </section>
  );
}
