import type { CohortDefinition } from '../../../config/cohort-definition.ts';
import { isMarkedAsDone } from '../../../config/unit-content.ts';
import type { OwnUnit } from '../../units/own-units.ts';
import type { UnitVisit } from '../../units/units.ts';
import { StepMark, statusWords } from '../components/step-list.tsx';
import { renderDocument } from '../layout.tsx';
import { learnerSteps, STILL_POSSIBLE, type Step } from '../learner-steps.ts';
import { cohortPath } from '../paths.ts';
import { satisfiedByWords, unitTitle } from '../unit-words.ts';
import type { PageFrame } from '../views.ts';

export interface UnitView extends PageFrame {
  readonly definition: CohortDefinition;
  readonly cohortVersion: number;
  readonly unit: OwnUnit;
  /** Null: a preview, for who is no learner. */
  readonly visit: UnitVisit | null;
}

function ActionForm({
  view,
  action,
  label,
  quiet,
  note,
  aside,
}: {
  view: UnitView;
  action: 'open' | 'done' | 'undo';
  label: string;
  note: string;
  quiet?: boolean;
  aside?: boolean;
}) {
  return (
    <form
      method="post"
      action={`${view.path}/${action}?lang=${view.texts.locale}`}
      class="unit-action"
      {...(aside ? { 'data-aside': '' } : {})}
    >
      <input type="hidden" name="_csrf" value={view.csrfToken} />
      <button class={quiet ? 'button-quiet' : 'button'} type="submit">
        {label}
      </button>
      <p class="note">{note}</p>
    </form>
  );
}

/** Why nothing can be done here any more; null when it can. */
function obstacle({ unit, visit, texts }: UnitView): string | null {
  if (unit.cancelled) return texts.t('unit.cancelled');
  if (visit === null || visit.open) return null;
  return texts.t(visit.row.endedAt === null ? 'unit.closed' : 'unit.ended');
}

function Actions({ view, visit }: { view: UnitView; visit: UnitVisit }) {
  const { unit, texts, definition } = view;
  const { t } = texts;
  const { url, launch } = unit.content;
  const opens = visit.open && url !== undefined;
  return (
    <>
      {opens && (
        <ActionForm view={view} action="open" label={t('unit.openLabel')} note={t('unit.openNote')} aside />
      )}
      <p class="notice" role="status" hidden data-opened>
        {t('unit.opened')}
      </p>
      {opens && launch !== 'link' && (
        <p class="note">
          {t('unit.reports')} <a href={`${view.path}?lang=${texts.locale}`}>{t('unit.refresh')}</a>
        </p>
      )}
      {visit.mayMark && (
        <ActionForm
          view={view}
          action="done"
          label={t('unit.doneLabel')}
          note={t('unit.doneNote')}
          quiet={opens}
        />
      )}
      {visit.markedAt !== null && (
        <p>{t('unit.markedAt', { date: texts.dateTime(visit.markedAt, definition.timezone) })}</p>
      )}
      {visit.mayUndo && (
        <ActionForm view={view} action="undo" label={t('unit.undoLabel')} note={t('unit.undoNote')} quiet />
      )}
    </>
  );
}

function Preview({ view }: { view: UnitView }) {
  const { t } = view.texts;
  const { url, launch = 'link' } = view.unit.content;
  return (
    <>
      <p class="notice">{t('unit.preview')}</p>
      {url !== undefined && (
        <p>
          {t('unit.previewContent')}{' '}
          <a href={url} target="_blank" rel="noopener noreferrer">
            {url}
          </a>
          <span class="note"> · {t(`unit.previewLaunch.${launch}`)}</span>
        </p>
      )}
      {isMarkedAsDone(view.unit) && <p>{t('unit.previewMarks')}</p>}
    </>
  );
}

function Standing({ view, step }: { view: UnitView; step: Step }) {
  return (
    <p class={`unit-standing step-${step.status}`}>
      <StepMark status={step.status} />
      <span>
        <span class="note">{view.texts.t('unit.standing')}</span>{' '}
        <span class="step-status">{statusWords(step, view)}</span>
      </span>
    </p>
  );
}

function stepOf({ definition, unit, visit }: UnitView): Step | undefined {
  if (visit === null) return undefined;
  return learnerSteps(definition, visit.row, visit).all.find((step) => step.unit.id === unit.id);
}

/** The page of a unit that is ours, for one learner or as a preview, as an HTML document. */
export function unitPage(view: UnitView): string {
  const { texts, definition, unit, visit } = view;
  const { t } = texts;
  const notes = [
    t(`modality.${unit.modality}`),
    ...(unit.plannedMinutes === undefined ? [] : [texts.minutes(unit.plannedMinutes)]),
    ...(unit.required ? [] : [t('steps.optional')]),
    ...(unit.dueOn === undefined
      ? []
      : [t('unit.due', { date: texts.date(unit.dueOn, definition.timezone, 'long') })]),
  ];
  const why = obstacle(view);
  const step = stepOf(view);
  return renderDocument({
    texts,
    title: unitTitle(definition, unit, texts),
    facts: (
      <p class="unit-back">
        <a href={`${cohortPath(view.launchId, definition.id)}?lang=${texts.locale}`}>
          {t(visit === null ? 'unit.backToCohort' : 'unit.back')}
        </a>{' '}
        · {texts.pick(definition.title)}
      </p>
    ),
    role: view.role,
    versions: { definition: 1, cohort: view.cohortVersion },
    languageHref: (lang) => `${view.path}?lang=${lang}`,
    session: view,
    platformOrigin: view.platformOrigin,
    islands: ['/app/assets/open-aside.js'],
    narrow: true,
    children: (
      <section class="card unit" aria-labelledby="task">
        <h2 id="task">{t('unit.task')}</h2>
        <p class="note">{notes.join(' · ')}</p>
        {(step === undefined || STILL_POSSIBLE.includes(step.status)) && (
          <p>{t('steps.how', { how: satisfiedByWords(unit, texts) })}</p>
        )}
        {step !== undefined && <Standing view={view} step={step} />}
        {why !== null && <p class="notice">{why}</p>}
        {visit === null ? <Preview view={view} /> : <Actions view={view} visit={visit} />}
      </section>
    ),
  });
}
