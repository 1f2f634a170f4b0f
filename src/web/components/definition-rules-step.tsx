import type { DefinitionView } from '../definition-view.ts';
import { fieldLabel, unitName } from '../definition-words.ts';
import { EffectSection } from './definition-effect.tsx';
import { ChoiceField, FlagField, Group, TextField } from './definition-field.tsx';

/** More units than that are not listed once more. */
const LISTED = 40;

function Must({ view }: { view: DefinitionView }) {
  const { texts, form } = view;
  const { t } = texts;
  const { units } = form.rows;
  if (units.length === 0) return null;
  return (
    <fieldset class="draft-must">
      <legend>{fieldLabel('completion.mustSatisfy', texts)}</legend>
      <p class="note">{t(units.length > LISTED ? 'draft.mustElsewhere' : 'draft.mustText')}</p>
      {units.length <= LISTED &&
        units.map((_, index) => (
          <FlagField
            key={String(index)}
            view={view}
            name={`units.${index}.mustSatisfy`}
            label={unitName(form, index, texts)}
            hint=""
          />
        ))}
    </fieldset>
  );
}

/** The part of the form with the rules, and what they change. */
export function RulesStep({ view }: { view: DefinitionView }) {
  const { t } = view.texts;
  return (
    <div class="columns">
      <div>
        <Group title={t('draft.completion')}>
          <div class="draft-fields">
            <ChoiceField
              view={view}
              name="completion.require"
              wide
              options={[
                ['all', t('draft.require.all')],
                ['weight', t('draft.require.weight')],
              ]}
            />
            <TextField view={view} name="completion.weight" />
            <TextField view={view} name="completion.minAttendance" />
          </div>
          <FlagField view={view} name="completion.acceptCourseCompletion" />
          <Must view={view} />
        </Group>
        <Group title={t('draft.dropout')}>
          <div class="draft-fields">
            <TextField view={view} name="dropout.warnAfterDays" />
            <TextField view={view} name="dropout.alertAfterDays" />
            <TextField view={view} name="dropout.dropAfterDays" />
            <TextField view={view} name="dropout.startWithinDays" />
          </div>
          <details class="draft-more">
            <summary>{t('draft.whatIs')}</summary>
            <p>{t('rule.silence')}</p>
          </details>
        </Group>
      </div>
      <EffectSection view={view} update />
    </div>
  );
}
