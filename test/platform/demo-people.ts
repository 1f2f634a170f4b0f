import type { DemoCourse, DemoTool, DemoUser } from './demo-types.ts';

const membership = 'http://purl.imsglobal.org/vocab/lis/v2/membership';

function person(id: string, givenName: string, familyName: string, role: string, locale?: string): DemoUser {
  const username = `${givenName}.${familyName}`
    .normalize('NFD')
    .replace(/[^A-Za-z.]/g, '')
    .toLowerCase();
  return {
    id,
    name: `${givenName} ${familyName}`,
    givenName,
    familyName,
    email: `${username}@univ-exemple.fr`,
    username,
    roles: [role],
    sourcedId: `P${id.padStart(6, '0')}`,
    ...(locale === undefined ? {} : { locale }),
  };
}

/** A few invented people for the platform's own tests. */
export const somePeople: readonly DemoUser[] = [
  person('3', 'Claire', 'Fontaine', `${membership}#Instructor`),
  person('4', 'Amélie', 'Durand', `${membership}#Learner`),
  person('5', 'Bastien', 'Lefèvre', `${membership}#Learner`),
  person('6', 'Nora', "O'Neill", `${membership}#Learner`, 'en'),
];

/** One course with a graded link, a plain one, and one with custom parameters that name variables. */
export const someCourse: DemoCourse = {
  id: '2',
  label: 'SPOC-GP',
  title: 'SPOC Gestion de projet',
  groups: { '1': ['4'], '7': ['4', '5'] },
  links: [
    { id: '1', title: 'Étude de cas : la matrice SWOT', custom: { activite_id: 'swot-001', langue: 'fr' } },
    { id: '2', title: 'Lecture', graded: false },
    { id: '3', title: 'Variables', custom: { known: '$User.username', unknown: '$Person.phone.mobile' } },
  ],
};

/** A registration of a tool at this origin. */
export function toolAt(origin: string, changes: Partial<DemoTool> = {}): DemoTool {
  return {
    clientId: '0dbbxfQNuARSwJP',
    deploymentId: '1',
    loginUrl: `${origin}/lti/login`,
    launchUrl: `${origin}/lti/launch`,
    redirectUris: [`${origin}/lti/launch`],
    ...changes,
  };
}
