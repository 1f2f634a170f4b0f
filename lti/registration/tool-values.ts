import { ownUrl } from '../deps.ts';
import type { PageLocale } from '../pages.ts';
import { serviceScope } from '../services/scopes.ts';

/** The addresses a platform has to know of this tool. */
export interface ToolAddresses {
  readonly launch: string;
  readonly login: string;
  readonly jwks: string;
  readonly logo: string;
  readonly register: string;
  readonly canvasJson: string;
  readonly manual: string;
  readonly review: string;
  /** Host, with a port that is not the usual one. */
  readonly domain: string;
}

/** Our addresses below the public URL. */
export function toolAddresses(publicUrl: string): ToolAddresses {
  const own = (path: string): string => ownUrl(publicUrl, `/lti/${path}`);
  return {
    launch: own('launch'),
    login: own('login'),
    jwks: own('jwks'),
    logo: ownUrl(publicUrl, '/app/assets/logo.svg'),
    register: own('register'),
    canvasJson: own('canvas.json'),
    manual: own('manual'),
    review: own('review'),
    domain: new URL(publicUrl).host,
  };
}

/** The services this tool asks for: the roster, and grades of its own. */
export const wantedScopes = [
  serviceScope.memberships,
  serviceScope.lineItems,
  serviceScope.scores,
  'https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly',
] as const;

/** The claims about a person that this tool reads. */
export const wantedClaims = ['sub', 'iss', 'name', 'given_name', 'family_name', 'email', 'locale'] as const;

/**
 * Custom parameters by name, each with the variables that platforms know it by, the first known one first
 * (custom-parameters.ts reads them; actor names need the user name where the plugin uses it).
 */
const wantedVariables: Readonly<Record<string, readonly string[]>> = {
  user_username: ['User.username'],
  groups: ['Moodle.Person.userGroupIds'],
  sections: ['com.instructure.User.sectionNames'],
};

/** The custom parameters a platform with these variables can fill: name -> `$Variable`. */
export function customParameters(variables: readonly string[]): Readonly<Record<string, string>> {
  const known = new Set(variables.map((name) => name.replace(/^\$/, '')));
  return Object.fromEntries(
    Object.entries(wantedVariables).flatMap(([name, candidates]) => {
      const variable = candidates.find((each) => known.has(each));
      return variable === undefined ? [] : [[name, `$${variable}`] as const];
    }),
  );
}

/** The custom parameters to enter by hand. */
export const manualParameters = {
  moodle: customParameters(['User.username', 'Moodle.Person.userGroupIds']),
  canvas: customParameters(['User.username', 'com.instructure.User.sectionNames']),
} as const;

/** What a platform shows of this tool, by the language of whoever registers it. */
export const toolWords: Readonly<
  Record<PageLocale, { readonly name: string; readonly label: string; readonly description: string }>
> = {
  fr: {
    name: 'Assidu',
    label: 'Assidu : parcours et assiduité',
    description: 'Où en est chaque personne de la promotion, qui décroche, quand et pourquoi.',
  },
  en: {
    name: 'Assidu',
    label: 'Assidu: paths and attendance',
    description: 'Where everybody in a cohort stands, who drops out, when and why.',
  },
};
