import { type DefinitionView, STEPS, type Step, stepOfField, UNITS_A_PAGE } from '../definition-view.ts';
import { placedLabel } from '../definition-words.ts';
import { cohortPath } from '../paths.ts';
import { fieldId } from './definition-field.tsx';

/** What is told of saving: done, nothing to do, or somebody else was quicker. */
export function DraftNotes({ view }: { view: DefinitionView }) {
  const { texts, note } = view;
  const { t } = texts;
  if (note === null) return null;
  if (note.kind === 'stale')
    return (
      <p class="fault" role="alert">
        {t('draft.stale')}
      </p>
    );
  if (note.kind === 'conflict')
    return (
      <div class="fault" role="alert">
        <p>{t('draft.conflict', { who: note.who, version: note.version })}</p>
        {note.conflicts.length > 0 && (
          <>
            <p>{t('draft.conflictFields')}</p>
            <ul>
              {note.conflicts.map(({ field, mine, theirs }) => (
                <li key={field}>
                  {t('draft.conflictField', {
                    field: placedLabel(view.form, field, texts),
                    mine: mine || t('draft.nothing'),
                    theirs: theirs || t('draft.nothing'),
                  })}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    );
  return (
    <p class="notice" role="status">
      {t(`draft.${note.kind}`, { version: note.version })}{' '}
      {view.saved !== null && (
        <a href={`${cohortPath(view.launchId, view.saved.id)}?lang=${texts.locale}`}>{t('draft.toCohort')}</a>
      )}
    </p>
  );
}

/** Whether a field stands on the page that is shown. */
function isShown(field: string, view: DefinitionView): boolean {
  const [list, index] = field.split('.');
  if (view.step === 'rules' && list === 'units') return false;
  if (stepOfField(field) !== view.step) return false;
  return (
    list !== 'units' || index === undefined || Math.floor(Number(index) / UNITS_A_PAGE) === view.unitsPage
  );
}

/** All that is at fault, first of all; a link leads to each field of this page, a button to the others. */
export function FaultSummary({ view }: { view: DefinitionView }) {
  const { texts, faults, form } = view;
  const { t } = texts;
  if (faults.length === 0) return null;
  const elsewhere = [...new Set(faults.filter(({ field }) => !isShown(field, view)).map(wayTo))];
  return (
    <div class="fault" role="alert" tabIndex={-1} id="faults">
      <p>
        <strong>{t('draft.faults', { n: faults.length })}</strong>
      </p>
      <ul class="draft-faults">
        {faults.map(({ field, fault, detail }) => (
          <li key={field}>
            {isShown(field, view) ? (
              <a href={`#${field === 'units' ? 'units' : fieldId(field)}`}>
                {placedLabel(form, field, texts)}
              </a>
            ) : (
              placedLabel(form, field, texts)
            )}
            {' : '}
            {t(`fault.${fault}`)}
            {fault === 'other' && ` (${detail})`}
          </li>
        ))}
      </ul>
      {elsewhere.length > 0 && (
        <p class="actions">
          {elsewhere.map((way) => (
            <button key={way} class="button-quiet" type="submit" name="do" value={way}>
              {t('draft.faultElsewhere', { step: wayWords(way, view) })}
            </button>
          ))}
        </p>
      )}
    </div>
  );
}

function wayTo({ field }: { readonly field: string }): string {
  const [list, index] = field.split('.');
  const step = stepOfField(field);
  return list === 'units' && index !== undefined
    ? `page:${Math.floor(Number(index) / UNITS_A_PAGE)}`
    : `go:${step}`;
}

function wayWords(way: string, { texts }: DefinitionView): string {
  const step = way.startsWith('page:') ? 'units' : (STEPS.find((each) => way === `go:${each}`) ?? 'cohort');
  return texts.t(`draft.step.${step}`);
}

/** The parts of the form, as buttons that take along what was typed. */
export function DraftSteps({ view }: { view: DefinitionView }) {
  const { texts, step, faults } = view;
  const { t } = texts;
  const faultsOf = (each: Step) => faults.filter(({ field }) => stepOfField(field) === each).length;
  return (
    <nav class="draft-steps" aria-label={t('draft.steps')}>
      <ol>
        {STEPS.map((each) => (
          <li key={each}>
            <button
              type="submit"
              name="do"
              value={`go:${each}`}
              aria-current={each === step ? 'step' : undefined}
            >
              {t(`draft.step.${each}`)}
              {faultsOf(each) > 0 && (
                <span class="field-fault">{t('draft.stepFaults', { n: faultsOf(each) })}</span>
              )}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
