import type { DefinitionView } from '../definition-view.ts';
import { choiceWords, unitName } from '../definition-words.ts';
import type { Texts } from '../intl.ts';
import { Act, ChoiceField, FlagField, fieldText, TextField } from './definition-field.tsx';

const MODALITIES = ['online', 'virtual-class', 'in-person', 'assessment'] as const;
const CONDITIONS = [
  'Completed',
  'Passed',
  'CompletedAndPassed',
  'CompletedOrPassed',
  'Attended',
  'NotApplicable',
] as const;

interface RowProps {
  readonly view: DefinitionView;
  readonly index: number;
}

/** What there is to be done, by itself: "terminer l’activité". */
function doneWords(value: string, texts: Texts): string {
  const condition = CONDITIONS.find((each) => each === value);
  return condition === undefined || condition === 'Attended'
    ? choiceWords('units.satisfiedBy', value, texts)
    : texts.t(`satisfiedBy.${condition}`);
}

/** What a unit is, on one line. */
function Summary({ view, index }: RowProps) {
  const { texts } = view;
  const { t } = texts;
  const text = (name: string) => fieldText(view, `units.${index}.${name}`);
  const date = text('date');
  const isSession = text('satisfiedBy') === 'Attended';
  const dueOn = text('dueOn');
  const day = (value: string) => (/^\d{4}-\d{2}-\d{2}$/.test(value) ? texts.date(value, 'UTC') : value);
  const said = [
    choiceWords('units.modality', text('modality'), texts),
    isSession
      ? date === ''
        ? t('draft.noSession')
        : `${day(date)} ${[text('from'), text('until')].filter((time) => time !== '').join('–')}`
      : doneWords(text('satisfiedBy'), texts),
    ...(dueOn === '' ? [] : [t('units.dueOn', { date: day(dueOn) })]),
    ...(text('required') === 'on' ? [] : [t('draft.optional')]),
    ...(text('mustSatisfy') === 'on' ? [t('draft.must')] : []),
    ...(text('weight') === '1' ? [] : [t('draft.weightOf', { weight: text('weight') })]),
    ...(text('cancelled') === 'on' ? [t('draft.cancelled')] : []),
  ];
  return (
    <>
      <span class="draft-named">
        {index + 1}. {unitName(view.form, index, texts)}
      </span>{' '}
      <span class="note">{said.join(' · ')}</span>
    </>
  );
}

function Session({ view, index }: RowProps) {
  const field = (name: string) => `units.${index}.${name}`;
  return (
    <div class="draft-fields">
      <TextField view={view} name={field('date')} />
      <TextField view={view} name={field('from')} />
      <TextField view={view} name={field('until')} />
      <TextField view={view} name={field('lastDate')} />
      <TextField view={view} name={field('minAttendance')} />
      <FlagField view={view} name={field('cancelled')} />
    </div>
  );
}

function Address({ view, index }: RowProps) {
  const { t } = view.texts;
  const field = (name: string) => `units.${index}.${name}`;
  return (
    <div class="draft-fields">
      <TextField view={view} name={field('id')} wide />
      <TextField view={view} name={field('content.url')} wide />
      <ChoiceField
        view={view}
        name={field('content.launch')}
        options={[
          ['', t('draft.launch.none')],
          ['link', t('draft.launch.link')],
          ['xapi', t('draft.launch.xapi')],
          ['cmi5', t('draft.launch.cmi5')],
        ]}
      />
      <ChoiceField
        view={view}
        name={field('content.markAsDone')}
        options={[
          ['', t('draft.unsaid')],
          ['yes', t('draft.yes')],
          ['no', t('draft.no')],
        ]}
      />
      {fieldText(view, field('content.launch')) === 'cmi5' && (
        <TextField view={view} name={field('content.publisherId')} />
      )}
    </div>
  );
}

function Fields({ view, index }: RowProps) {
  const { texts } = view;
  const { t } = texts;
  const field = (name: string) => `units.${index}.${name}`;
  const text = (name: string) => fieldText(view, field(name));
  const condition = text('satisfiedBy');
  const faulty = (name: string) => view.faults.some((fault) => fault.field.startsWith(field(name)));
  const isSession =
    condition === 'Attended' || text('date') !== '' || text('modality') === 'in-person' || faulty('from');
  const isPassed = /Passed/.test(condition) || text('minScore') !== '';
  const isCompleted = /Completed/.test(condition) || text('minProgress') !== '';
  return (
    <>
      <div class="draft-fields">
        <TextField view={view} name={field('title.fr')} lang="fr" />
        <TextField view={view} name={field('title.en')} lang="en" />
        <ChoiceField
          view={view}
          name={field('modality')}
          options={MODALITIES.map((value) => [value, t(`modality.${value}`)] as const)}
        />
        <ChoiceField
          view={view}
          name={field('satisfiedBy')}
          options={CONDITIONS.map((value) => [value, t(`draft.by.${value}`)] as const)}
        />
      </div>
      {isSession && <Session view={view} index={index} />}
      <div class="draft-fields">
        {isPassed && <TextField view={view} name={field('minScore')} />}
        {isPassed && (
          <ChoiceField
            view={view}
            name={field('attempts')}
            options={[
              ['best', t('draft.attempts.best')],
              ['last', t('draft.attempts.last')],
            ]}
          />
        )}
        {isCompleted && <TextField view={view} name={field('minProgress')} />}
        <TextField view={view} name={field('dueOn')} />
        <TextField view={view} name={field('plannedMinutes')} />
        <TextField view={view} name={field('weight')} />
        <FlagField view={view} name={field('required')} />
        <FlagField view={view} name={field('mustSatisfy')} />
      </div>
      <details
        class="draft-more"
        open={text('id') === '' || faulty('id') || faulty('content') || text('content.markAsDone') !== ''}
      >
        <summary>{t('draft.unitMore')}</summary>
        <Address view={view} index={index} />
      </details>
    </>
  );
}

/** A unit of the form: what it is on one line, its fields beneath, and the ways to move it or take it out. */
export function UnitRow({ view, index }: RowProps) {
  const { texts, form, faults, openUnit } = view;
  const { t } = texts;
  const name = unitName(form, index, texts);
  const faulty = faults.some(({ field }) => field.startsWith(`units.${index}.`));
  return (
    <li class="draft-unit" id={`unit-${index}`}>
      <details open={faulty || openUnit === index}>
        <summary>
          <Summary view={view} index={index} />
          {faulty && <span class="field-fault">{t('draft.stepFaults', { n: 1 })}</span>}
        </summary>
        <Fields view={view} index={index} />
      </details>
      <p class="draft-moves">
        {index > 0 && (
          <Act view={view} act={`up:units:${index}`} to={`unit-${index - 1}`} label={t('draft.up', { name })}>
            ↑
          </Act>
        )}
        {index < form.rows.units.length - 1 && (
          <Act
            view={view}
            act={`down:units:${index}`}
            to={`unit-${index + 1}`}
            label={t('draft.down', { name })}
          >
            ↓
          </Act>
        )}
        <Act view={view} act={`remove:units:${index}`} to="units" label={t('draft.removeNamed', { name })}>
          ✕
        </Act>
      </p>
    </li>
  );
}
