import type { DefinitionView } from '../definition-view.ts';
import { fieldHint, fieldLabel } from '../definition-words.ts';
import { Act, ChoiceField, fieldText, Group, TextField } from './definition-field.tsx';

function Names({ view }: { view: DefinitionView }) {
  const { texts, saved } = view;
  const { t } = texts;
  return (
    <Group title={t('draft.names')}>
      <div class="draft-fields">
        <TextField view={view} name="title.fr" lang="fr" />
        <TextField view={view} name="title.en" lang="en" />
        {saved === null && <TextField view={view} name="id" />}
        <ChoiceField
          view={view}
          name="kind"
          options={[
            ['spoc', t('kind.spoc')],
            ['blended', t('kind.blended')],
          ]}
        />
      </div>
    </Group>
  );
}

const ZONES = [
  'Europe/Paris',
  'Europe/London',
  'Europe/Brussels',
  'Europe/Zurich',
  'Africa/Casablanca',
  'Africa/Dakar',
  'Africa/Tunis',
  'America/Cayenne',
  'America/Guadeloupe',
  'America/Martinique',
  'America/Montreal',
  'America/New_York',
  'Asia/Dubai',
  'Asia/Shanghai',
  'Australia/Sydney',
  'Indian/Mayotte',
  'Indian/Reunion',
  'Pacific/Noumea',
  'Pacific/Tahiti',
  'UTC',
];

function Dates({ view }: { view: DefinitionView }) {
  const { texts, form } = view;
  const { t } = texts;
  return (
    <Group title={t('draft.dates')}>
      <div class="draft-fields">
        <TextField view={view} name="startsOn" />
        <TextField view={view} name="endsOn" />
        <TextField view={view} name="graceDays" />
        <TextField view={view} name="timezone" list="zones" />
      </div>
      <datalist id="zones">
        {ZONES.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <h3 id="breaks">{fieldLabel('breaks', texts)}</h3>
      <p class="note">{fieldHint('breaks', texts)}</p>
      {form.rows.breaks.map((_, index) => {
        const name = t('draft.break', { n: index + 1 });
        return (
          <fieldset class="draft-row" key={name} aria-label={name}>
            <TextField view={view} name={`breaks.${index}.from`} />
            <TextField view={view} name={`breaks.${index}.to`} />
            <Act
              view={view}
              act={`remove:breaks:${index}`}
              to="breaks"
              label={t('draft.removeNamed', { name })}
            >
              {t('draft.remove')}
            </Act>
          </fieldset>
        );
      })}
      <p>
        <Act view={view} act="add:breaks" to="breaks">
          {t('draft.addBreak')}
        </Act>
      </p>
    </Group>
  );
}

function Course({ view, index }: { view: DefinitionView; index: number }) {
  const { texts, groups } = view;
  const { t } = texts;
  const field = (name: string) => `contexts.${index}.${name}`;
  const course = fieldText(view, field('course'));
  const platform = fieldText(view, field('platform'));
  const technical = ['platform', 'course', 'activity', 'client', 'deployment'].map(field);
  const faulty = technical.some((name) => view.faults.some((fault) => fault.field === name));
  const name = t('draft.course', { course });
  return (
    <fieldset class="draft-course" aria-label={name}>
      <div class="draft-row">
        <p class="draft-named">
          {name} <span class="note">{platform === '' ? '' : t('draft.courseOn', { platform })}</span>
        </p>
        <TextField view={view} name={field('group')} {...(groups.length > 0 ? { list: 'groups' } : {})} />
        <Act
          view={view}
          act={`remove:contexts:${index}`}
          to="contexts"
          label={t('draft.removeNamed', { name })}
        >
          {t('draft.remove')}
        </Act>
      </div>
      <details open={faulty || course === ''}>
        <summary>{t('draft.courseDetail')}</summary>
        <div class="draft-fields">
          {technical.map((each) => (
            <TextField key={each} view={view} name={each} />
          ))}
        </div>
      </details>
    </fieldset>
  );
}

function Courses({ view }: { view: DefinitionView }) {
  const { texts, form, here, groups } = view;
  const { t } = texts;
  return (
    <Group title={fieldLabel('contexts', texts)} text={fieldHint('contexts', texts)} id="contexts">
      {form.rows.contexts.map((_, index) => (
        // Courses have no name of their own but their place.
        <Course key={String(index)} view={view} index={index} />
      ))}
      <datalist id="groups">
        {groups.map((group) => (
          <option key={group} value={group} />
        ))}
      </datalist>
      <p class="actions">
        {here !== null && (
          <Act view={view} act="here" to="contexts">
            {t('draft.addHere')}
          </Act>
        )}
        <Act view={view} act="add:contexts" to="contexts">
          {t('draft.addContext')}
        </Act>
      </p>
    </Group>
  );
}

function Tags({ view }: { view: DefinitionView }) {
  const { texts, form } = view;
  const { t } = texts;
  return (
    <Group title={fieldLabel('tags', texts)} text={fieldHint('tags', texts)} id="tags">
      {form.rows.tags.map((_, index) => {
        const name = t('draft.tag', { n: index + 1 });
        return (
          <fieldset class="draft-row" key={name} aria-label={name}>
            <TextField view={view} name={`tags.${index}.name`} list="tag-names" />
            <TextField view={view} name={`tags.${index}.value`} />
            <Act view={view} act={`remove:tags:${index}`} to="tags" label={t('draft.removeNamed', { name })}>
              {t('draft.remove')}
            </Act>
          </fieldset>
        );
      })}
      <datalist id="tag-names">
        <option value="programme" />
        <option value="businessUnit" />
      </datalist>
      <p>
        <Act view={view} act="add:tags" to="tags">
          {t('draft.addTag')}
        </Act>
      </p>
    </Group>
  );
}

/** The first part of the form: what the cohort is called, when it is, where its evidence comes from. */
export function CohortStep({ view }: { view: DefinitionView }) {
  return (
    <>
      <Names view={view} />
      <Dates view={view} />
      <Courses view={view} />
      <Tags view={view} />
    </>
  );
}
