import type { DemoUser } from '../platform/demo-types.ts';
import type { Chance } from './random.ts';

const VOCABULARY = 'http://purl.imsglobal.org/vocab/lis/v2';
const LEARNER = `${VOCABULARY}/membership#Learner`;
const INSTRUCTOR = `${VOCABULARY}/membership#Instructor`;
const ADMINISTRATOR = `${VOCABULARY}/institution/person#Administrator`;

const GIVEN =
  'Adèle Aïcha Alban Alice Amandine Antoine Awa Baptiste Camille Clara Coralie Damien Diane Élodie Émile Fatou Florian Gaëlle Gabriel Hélène Hugo Inès Isaac Jeanne Julien Karim Laure Léo Léonie Louise Lucas Maëlle Malik Manon Margaux Mathis Mehdi Nadia Nathan Noémie Océane Paul Pauline Quentin Rachid Rémi Romane Salomé Samuel Sofia Théo Thomas Valentin Victor Violette Yanis Yasmine Zoé'.split(
    ' ',
  );
const FAMILY =
  'Arnaud Aubert Barbier Baron Benali Berger Bertin Blanchard Bourgeois Brun Carpentier Charpentier Chevalier Cissé Colin Cordier Delmas Deschamps Diallo Dumont Dupuis Fabre Faure Ferrand Fleury Gaillard Garnier Gérard Giraud Guérin Hamon Haddad Huet Jacquet Joly Kone Lacroix Lambert Leblanc Leclerc Lemoine Marchand Marechal Masson Mercier Meunier Moreau Navarro Noël Olivier Perrin Picard Poirier Prevost Renard Renaud Rey Roussel Schmitt Tessier Vidal Weber'.split(
    ' ',
  );

function person(id: number, givenName: string, familyName: string, roles: readonly string[]): DemoUser {
  const username = `${givenName}.${familyName}`
    .normalize('NFD')
    .replaceAll(/[^A-Za-z.]/g, '')
    .toLowerCase();
  return {
    id: String(id),
    name: `${givenName} ${familyName}`,
    givenName,
    familyName,
    email: `${username}@campus.example`,
    username,
    roles,
    locale: 'fr',
  };
}

export interface DemoPeople {
  readonly learners: readonly DemoUser[];
  /** The community manager of the courses. */
  readonly manager: DemoUser;
  /** The digital learning manager. */
  readonly director: DemoUser;
}

/** Invented people: `count` learners with names of their own, and two members of staff. */
export function demoPeople(count: number, chance: Chance): DemoPeople {
  const taken = new Set<string>();
  const learners: DemoUser[] = [];
  while (learners.length < count) {
    const made = person(learners.length + 101, chance.pick(GIVEN), chance.pick(FAMILY), [LEARNER]);
    if (taken.has(made.name)) continue;
    taken.add(made.name);
    learners.push(made);
  }
  return {
    learners,
    manager: person(11, 'Solène', 'Kervella', [INSTRUCTOR]),
    director: person(12, 'Marc', 'Oudin', [ADMINISTRATOR, INSTRUCTOR]),
  };
}
