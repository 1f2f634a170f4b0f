import type { Problem } from '../base/errors.ts';
import type { Organisation, OrganisationChange } from '../organisations/organisations.ts';

export const ORGANISATION_FIELDS = ['nameFr', 'nameEn', 'website', 'logo'] as const;
export type OrganisationField = (typeof ORGANISATION_FIELDS)[number];
/** Texts of the fields; that of the file is always empty, for browsers keep it to themselves. */
export type OrganisationForm = Readonly<Record<OrganisationField, string>>;

/** The form as it is first shown. */
export function formOf({ name, website }: Organisation): OrganisationForm {
  return { nameFr: name.fr ?? '', nameEn: name.en ?? '', website: website ?? '', logo: '' };
}

/** What somebody typed. */
export function typedIn(body: Readonly<Record<string, unknown>>): OrganisationForm {
  const text = (name: string): string => {
    const value = body[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  return { nameFr: text('nameFr'), nameEn: text('nameEn'), website: text('website'), logo: '' };
}

/** The change that a form asks for: an empty field takes away, a file that was not chosen leaves the logo. */
export function changeIn(
  { nameFr, nameEn, website }: OrganisationForm,
  logo: Uint8Array | undefined,
  removeLogo: boolean,
): OrganisationChange {
  return {
    name: { fr: nameFr, en: nameEn },
    website: website === '' ? null : website,
    ...(logo === undefined ? (removeLogo ? { logo: null } : {}) : { logo }),
  };
}

const FIELD_OF: Readonly<Record<string, OrganisationField>> = {
  'name.fr': 'nameFr',
  'name.en': 'nameEn',
  website: 'website',
  logo: 'logo',
};

/** The fields at fault, in the order of the form. */
export function faultyFields(problems: readonly Problem[]): readonly OrganisationField[] {
  const faulty = new Set(problems.map(({ path }) => FIELD_OF[path]));
  return ORGANISATION_FIELDS.filter((name) => faulty.has(name));
}
