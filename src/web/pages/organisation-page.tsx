import type { Organisation } from '../../organisations/organisations.ts';
import type { MessageKey } from '../intl.ts';
import { renderDocument } from '../layout.tsx';
import { ORGANISATION_FIELDS, type OrganisationField, type OrganisationForm } from '../organisation-form.ts';
import type { PageFrame } from '../views.ts';

export interface OrganisationView extends PageFrame {
  readonly organisation: Organisation;
  /** Where its logo is served; null without one. */
  readonly logo: string | null;
  /** What stands in the fields: as it is kept, or as it was typed. */
  readonly form: OrganisationForm;
  readonly faults: readonly OrganisationField[];
  readonly saved: boolean;
}

const LABELS: Readonly<Record<OrganisationField, MessageKey>> = {
  nameFr: 'organisation.nameFr',
  nameEn: 'organisation.nameEn',
  website: 'organisation.website',
  logo: 'organisation.logo',
};
const HINTS: Readonly<Record<OrganisationField, MessageKey | null>> = {
  nameFr: null,
  nameEn: 'organisation.nameHint',
  website: 'organisation.websiteHint',
  logo: 'organisation.logoHint',
};
const FAULTS: Readonly<Record<OrganisationField, MessageKey>> = {
  nameFr: 'organisation.fault.name',
  nameEn: 'organisation.fault.name',
  website: 'organisation.fault.website',
  logo: 'organisation.fault.logo',
};

function Field({ name, view }: { name: OrganisationField; view: OrganisationView }) {
  const { t } = view.texts;
  const faulty = view.faults.includes(name);
  const hint = HINTS[name];
  const described = [...(faulty ? [`${name}-fault`] : []), ...(hint ? [`${name}-hint`] : [])].join(' ');
  const common = {
    id: name,
    name,
    'aria-describedby': described === '' ? undefined : described,
    'aria-invalid': faulty ? ('true' as const) : undefined,
  };
  return (
    <div class="field">
      <label for={name}>{t(LABELS[name])}</label>
      {faulty && (
        <p class="fault" id={`${name}-fault`}>
          {t(FAULTS[name])}
        </p>
      )}
      {name === 'logo' ? (
        <input {...common} type="file" accept="image/png,image/jpeg,image/svg+xml" />
      ) : (
        <input {...common} type="text" value={view.form[name]} />
      )}
      {hint && (
        <span class="note" id={`${name}-hint`}>
          {t(hint)}
        </span>
      )}
    </div>
  );
}

/** Name, website and logo of the organisation, for digital learning managers, as an HTML document. */
export function organisationPage(view: OrganisationView): string {
  const { texts, path, faults, logo } = view;
  const { t } = texts;
  return renderDocument({
    texts,
    title: t('organisation.title'),
    role: view.role,
    languageHref: (lang) => `${path}?lang=${lang}`,
    redraws: { form: 'organisation', enter: 'enter' },
    session: view,
    platformOrigin: view.platformOrigin,
    stylesheets: ['/app/assets/organisation.css'],
    narrow: true,
    children: (
      <form
        class="card organisation"
        id="organisation"
        method="post"
        action={`${path}?lang=${texts.locale}`}
        enctype="multipart/form-data"
        noValidate
      >
        <input type="hidden" name="_csrf" value={view.csrfToken} />
        <p class="lead">{t('organisation.lead')}</p>
        {view.saved && (
          <p class="notice" role="status">
            {t('organisation.saved')}
          </p>
        )}
        {faults.length > 0 && (
          <div class="notice" role="alert">
            <p>{t('organisation.faults')}</p>
            <ul>
              {faults.map((name) => (
                <li key={name}>
                  <a href={`#${name}`}>{t(LABELS[name])}</a>
                </li>
              ))}
            </ul>
          </div>
        )}
        {ORGANISATION_FIELDS.map((name) => (
          <Field key={name} name={name} view={view} />
        ))}
        {logo !== null && (
          <div class="logo-now">
            <p class="note">{t('organisation.logoNow')}</p>
            <img src={logo} alt={t('organisation.logoNow')} />
            <label class="choice">
              <input type="checkbox" name="removeLogo" value="on" />
              <span>{t('organisation.logoRemove')}</span>
            </label>
          </div>
        )}
        <p class="actions">
          <button class="button" type="submit">
            {t('organisation.save')}
          </button>
        </p>
      </form>
    ),
  });
}
