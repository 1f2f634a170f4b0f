import type { DefinitionView } from '../definition-view.ts';
import { ChoiceField, FlagField, Group, TextField } from './definition-field.tsx';

/** The part of the form with what most leave as it is: costs, grades sent back, enrolments by statements. */
export function OptionsStep({ view }: { view: DefinitionView }) {
  const { t } = view.texts;
  return (
    <>
      <Group title={t('draft.cost')}>
        <div class="draft-fields">
          <TextField view={view} name="cost.fixed" />
          <TextField view={view} name="cost.perLearner" />
          <TextField view={view} name="cost.currency" />
        </div>
      </Group>
      <Group title={t('draft.grades')}>
        <div class="draft-fields">
          <ChoiceField
            view={view}
            name="grades.lineItem"
            options={(['none', 'cohort', 'units'] as const).map(
              (value) => [value, t(`draft.lineItem.${value}`)] as const,
            )}
          />
          <TextField view={view} name="grades.scoreMaximum" />
          <ChoiceField
            view={view}
            name="grades.comment"
            options={(['none', 'fr', 'en'] as const).map(
              (value) => [value, t(`draft.comment.${value}`)] as const,
            )}
          />
        </div>
      </Group>
      <Group title={t('draft.enrolments')}>
        <FlagField view={view} name="enrolFromStatements" />
      </Group>
    </>
  );
}
