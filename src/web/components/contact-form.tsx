import type { CohortDefinition } from '../../../config/cohort-definition.ts';
import { CONTACT_WAYS } from '../../../xapi/vocabulary/event.ts';
import { LONGEST_NOTE } from '../../cohorts/contacts.ts';
import type { ContactField, TypedContact } from '../contact-form.ts';
import type { Texts } from '../intl.ts';
import { localDate } from '../local-date.ts';
import { contactsPath } from '../paths.ts';
import type { PageFrame } from '../views.ts';

export interface ContactFormProps {
  readonly view: Pick<PageFrame, 'launchId' | 'csrfToken' | 'texts' | 'now'> & {
    readonly definition: CohortDefinition;
  };
  readonly learnerId: string;
  /** Of the fields' ids: one form a person on a page. */
  readonly place: string;
  /** Address to come back to within the page of the day; null: the timeline. */
  readonly back: string | null;
  readonly typed?: TypedContact | undefined;
  readonly faults?: readonly ContactField[] | undefined;
}

function Fault({ field, props, id }: { field: ContactField; props: ContactFormProps; id: string }) {
  const { faults = [], view } = props;
  if (!faults.includes(field)) return null;
  return (
    <p class="fault" id={`${id}-fault`}>
      {view.texts.t(`contact.fault.${field}`, { most: LONGEST_NOTE })}
    </p>
  );
}

function aria(faults: readonly ContactField[], field: ContactField, id: string, hint?: string) {
  const faulty = faults.includes(field);
  const described = [...(faulty ? [`${id}-fault`] : []), ...(hint === undefined ? [] : [hint])];
  return {
    ...(faulty ? { 'aria-invalid': 'true' as const } : {}),
    ...(described.length === 0 ? {} : { 'aria-describedby': described.join(' ') }),
  };
}

/** Notes that somebody was called, written to or met. */
export function ContactForm(props: ContactFormProps) {
  const { view, learnerId, place, back, typed, faults = [] } = props;
  const { texts, definition, launchId, csrfToken, now } = view;
  const { t } = texts;
  const today = localDate(now, definition.timezone);
  const id = (field: string) => `contact-${place}-${field}`;
  const way = typed?.way ?? 'called';
  return (
    <form
      method="post"
      action={`${contactsPath(launchId, definition.id, learnerId)}?lang=${texts.locale}`}
      class="contact-form"
    >
      <input type="hidden" name="_csrf" value={csrfToken} />
      <input type="hidden" name="form" value={now} />
      {back !== null && <input type="hidden" name="back" value={back} />}
      <fieldset id={id('way')} class="contact-ways" {...aria(faults, 'way', id('way'))}>
        <legend>{t('contact.how')}</legend>
        {CONTACT_WAYS.map((each) => (
          <label key={each} class="choice">
            <input type="radio" name="way" value={each} checked={each === way} />
            <span>{t(`contact.${each}`)}</span>
          </label>
        ))}
        <Fault field="way" props={props} id={id('way')} />
      </fieldset>
      <div class="field">
        <label for={id('on')}>{t('contact.on')}</label>
        <input
          id={id('on')}
          type="date"
          name="on"
          value={typed?.on ?? today}
          max={today}
          {...aria(faults, 'on', id('on'))}
        />
        <Fault field="on" props={props} id={id('on')} />
      </div>
      <div class="field contact-note">
        <label for={id('note')}>{t('contact.note')}</label>
        <textarea
          id={id('note')}
          name="note"
          rows={2}
          maxLength={LONGEST_NOTE}
          {...aria(faults, 'note', id('note'), id('hint'))}
        >
          {typed?.note ?? ''}
        </textarea>
        <p class="note" id={id('hint')}>
          {t('contact.noteHint')}
        </p>
        <Fault field="note" props={props} id={id('note')} />
      </div>
      <button type="submit">{t('contact.save')}</button>
    </form>
  );
}

/** Above a form that was refused: how many fields, and the ways to them. */
export function ContactFaults({
  faults,
  place,
  texts,
}: {
  readonly faults: readonly ContactField[];
  readonly place: string;
  readonly texts: Texts;
}) {
  if (faults.length === 0) return null;
  return (
    <div class="fault" role="alert">
      <p>{texts.t('contact.fault.summary', { n: faults.length })}</p>
      <ul>
        {faults.map((field) => (
          <li key={field}>
            {field === 'actor' ? (
              texts.t('contact.fault.actor')
            ) : (
              <a href={`#contact-${place}-${field}`}>
                {texts.t(`contact.fault.${field}`, { most: LONGEST_NOTE })}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
