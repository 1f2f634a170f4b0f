import type { Step } from '../learner-steps.ts';
import { learnerPath, stepAnchor } from '../paths.ts';
import { recordedWords } from '../recorded-words.ts';
import type { LearnerView } from '../views.ts';

/** On a learner's path as staff see it: waives a step, or takes the waiver back. */
export function WaiverControl({ step, view }: { step: Step; view: LearnerView }) {
  const { texts, definition, staff, csrfToken } = view;
  if (staff === undefined || step.unit.cancelled) return null;
  const { t } = texts;
  const number = definition.units.indexOf(step.unit) + 1;
  const held = staff.waivers.find(({ unit }) => unit === step.unit.id);
  const faulty = staff.waiverFault === number;
  const action = `${learnerPath(view.launchId, definition.id, staff.learnerId)}/waivers?lang=${texts.locale}`;
  const hidden = (
    <>
      <input type="hidden" name="_csrf" value={csrfToken} />
      <input type="hidden" name="unit" value={number} />
    </>
  );
  if (held !== undefined) {
    const by = recordedWords(held.recorder, held.recordedAt, definition.timezone, texts);
    return (
      <form method="post" action={action} class="waiver">
        {hidden}
        <p class="note">{t('waiver.given', { reason: held.reason ?? t('value.none'), by })}</p>
        <button class="button-quiet" type="submit" name="takeBack" value="on">
          {t('waiver.takeBack')}
        </button>
      </form>
    );
  }
  const id = `waive-${stepAnchor(definition, step.unit.id)}`;
  return (
    <details class="waiver" open={faulty}>
      <summary>{t('waiver.give')}</summary>
      <form method="post" action={action}>
        {hidden}
        {faulty && (
          <p class="fault" id={`${id}-fault`}>
            {t('waiver.needsReason')}
          </p>
        )}
        <label for={id}>{t('waiver.reason')}</label>
        <input
          id={id}
          name="reason"
          maxLength={500}
          aria-describedby={faulty ? `${id}-fault` : undefined}
          aria-invalid={faulty ? 'true' : undefined}
        />
        <button class="button-quiet" type="submit">
          {t('waiver.confirm')}
        </button>
      </form>
    </details>
  );
}
