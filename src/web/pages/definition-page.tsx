import { CheckStep } from '../components/definition-check-step.tsx';
import { CohortStep } from '../components/definition-cohort-step.tsx';
import { DraftNotes, DraftSteps, FaultSummary } from '../components/definition-notes.tsx';
import { OptionsStep } from '../components/definition-options-step.tsx';
import { RulesStep } from '../components/definition-rules-step.tsx';
import { UnitsStep } from '../components/definition-units-step.tsx';
import { type DefinitionView, STEPS } from '../definition-view.ts';
import { renderDocument } from '../layout.tsx';
import { cohortPath, definitionPath, newCohortPath } from '../paths.ts';

const PARTS = {
  cohort: CohortStep,
  units: UnitsStep,
  rules: RulesStep,
  options: OptionsStep,
  check: CheckStep,
} as const;

function Ways({ view }: { view: DefinitionView }) {
  const { texts, saved, launchId } = view;
  const { t } = texts;
  const at = saved === null ? newCohortPath(launchId) : definitionPath(launchId, saved.id);
  const href = (path: string) => `${at}${path}?lang=${texts.locale}`;
  return (
    <nav class="draft-ways" aria-label={t('draft.ways')}>
      <ul>
        {saved !== null && (
          <>
            <li>
              <a href={href('/versions')}>{t('draft.way.versions')}</a>
            </li>
            <li>
              <a href={href('/duplicate')}>{t('draft.way.duplicate')}</a>
            </li>
            <li>
              <a href={`${at}.yaml`} download>
                {t('draft.way.export')}
              </a>
            </li>
          </>
        )}
        <li>
          <a href={href('/import')}>{t('draft.way.import')}</a>
        </li>
      </ul>
    </nav>
  );
}

/** The page that configures a cohort, or a new one, as an HTML document. */
export function definitionPage(view: DefinitionView): string {
  const { texts, saved, step, path } = view;
  const { t } = texts;
  const Part = PARTS[step];
  const saves = t(saved === null ? 'draft.saveNew' : 'draft.save');
  const next = STEPS[STEPS.indexOf(step) + 1];
  return renderDocument({
    texts,
    title: t(saved === null ? 'draft.newTitle' : 'draft.editTitle'),
    facts: saved !== null && (
      <p>
        <a href={`${cohortPath(view.launchId, saved.id)}?lang=${texts.locale}`}>
          {texts.pick(saved.definition.title)}
        </a>
      </p>
    ),
    role: view.role,
    versions: saved === null ? undefined : { definition: 1, cohort: saved.version },
    languageHref: (lang) => `${path}?lang=${lang}&step=${step}`,
    redraws: { form: 'draft', enter: 'update' },
    session: view,
    platformOrigin: view.platformOrigin,
    stylesheets: ['/app/assets/definition.css'],
    children: (
      <>
        <Ways view={view} />
        <form method="post" action={`${path}?lang=${texts.locale}`} class="draft" id="draft">
          <input type="hidden" name="_csrf" value={view.csrfToken} />
          <input type="hidden" name="draft" value={view.carried} />
          <input type="hidden" name="step" value={step} />
          <input type="hidden" name="page" value={view.unitsPage} />
          <DraftSteps view={view} />
          <DraftNotes view={view} />
          <FaultSummary view={view} />
          <Part view={view} />
          <p class="actions draft-save">
            {next !== undefined && (
              <button class="button" type="submit" name="do" value={`go:${next}`}>
                {t('draft.next', { step: t(`draft.step.${next}`) })}
              </button>
            )}
            <button
              class={next === undefined ? 'button' : 'button-quiet'}
              type="submit"
              name="do"
              value="save"
            >
              {saves}
            </button>
            <span class="note">{t('draft.nothingSaved', { button: saves })}</span>
          </p>
        </form>
      </>
    ),
  });
}
