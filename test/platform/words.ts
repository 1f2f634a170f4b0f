import type { DemoUser } from './demo-types.ts';

const french = {
  lang: 'fr',
  courses: 'Cours',
  content: 'Contenu du cours',
  demo: 'Plateforme de démonstration : les personnes et les cours y sont inventés. Choisissez quelqu’un pour ouvrir un cours sous son nom.',
  staff: 'Équipe pédagogique',
  learners: 'Étudiants',
  others: 'Administration',
  change: 'Changer de personne',
  continue: 'Continuer',
  opening: 'Ouverture de l’activité…',
  refused: 'La demande n’a pas abouti',
  failed: 'L’outil externe signale une erreur :',
  back: 'Retour au cours',
  closed: 'Vous avez quitté l’activité.',
  missing: 'Page introuvable',
  noTool: 'Aucun outil n’est encore enregistré sur cette plateforme.',
  tools: 'Gérer les outils',
  toolUrl: 'URL de l’outil',
  addTool: 'Ajouter LTI Advantage',
};

const english: typeof french = {
  lang: 'en',
  courses: 'Courses',
  content: 'Course content',
  demo: 'Demonstration platform: its people and courses are invented. Choose a person to open a course as them.',
  staff: 'Teaching staff',
  learners: 'Students',
  others: 'Administration',
  change: 'Change person',
  continue: 'Continue',
  opening: 'Opening the activity…',
  refused: 'The request failed',
  failed: 'The external tool reports an error:',
  back: 'Back to the course',
  closed: 'You have left the activity.',
  missing: 'Page not found',
  noTool: 'No tool is registered on this platform yet.',
  tools: 'Manage tools',
  toolUrl: 'Tool URL',
  addTool: 'Add LTI Advantage',
};

/** The words of the LMS's own pages. */
export type Words = typeof french;

/** French, or English for a person whose locale is English. */
export function wordsFor(user: DemoUser | undefined): Words {
  return user?.locale?.startsWith('en') === true ? english : french;
}
