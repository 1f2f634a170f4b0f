/** Words of the page on which staff choose what to place into their course. */
export const placing = {
  fr: {
    'placing.title': 'Que voulez-vous placer dans le cours ?',
    'placing.text':
      'Chaque lien montre à un·e apprenant·e son propre parcours, à l’équipe pédagogique le suivi de toute la cohorte.',
    'placing.cohort': 'Parcours et suivi',
    'placing.steps': 'Une étape du parcours',
    'placing.several': 'Vous pouvez en choisir plusieurs.',
    'placing.grades': 'Ajouter une colonne de notes',
    'placing.gradesText':
      'La progression, sur 100, est envoyée au carnet de notes si la cohorte le prévoit (« grades » dans sa définition).',
    'placing.place': 'Placer dans le cours',
    'placing.cancel': 'Annuler',
    'placing.none': 'Choisissez au moins un lien.',
    'placing.noCohort': 'Aucune cohorte n’est encore reliée à ce cours : il n’y a rien à placer.',
    'placing.noLinks': 'Cette plateforme ne demande pas de liens à cet endroit.',
    'placing.itemText': 'Où j’en suis, ce qui vient ensuite, ma présence.',
    'placing.done': 'Retour au cours',
    'placing.doneText': 'Votre choix part vers la plateforme. Si rien ne se passe, utilisez le bouton.',
    'placing.goOn': 'Continuer',
  },
  en: {
    'placing.title': 'What do you want to place in the course?',
    'placing.text':
      'Each link shows learners their own path, and the course team how the whole cohort is doing.',
    'placing.cohort': 'Path and follow-up',
    'placing.steps': 'One step of the path',
    'placing.several': 'You may choose several.',
    'placing.grades': 'Add a grade column',
    'placing.gradesText':
      'Progress, out of 100, is sent to the gradebook if the cohort says so (“grades” in its definition).',
    'placing.place': 'Place in the course',
    'placing.cancel': 'Cancel',
    'placing.none': 'Choose at least one link.',
    'placing.noCohort': 'No cohort is linked to this course yet: there is nothing to place.',
    'placing.noLinks': 'This platform asks for no links here.',
    'placing.itemText': 'Where I am, what comes next, my attendance.',
    'placing.done': 'Back to the course',
    'placing.doneText': 'Your choice is on its way to the platform. If nothing happens, use the button.',
    'placing.goOn': 'Continue',
  },
} as const;
