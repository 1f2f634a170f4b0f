/** Words of the frame, the states, and the plain pages. Keys and placeholders are the same in both languages. */
export const common = {
  fr: {
    'frame.skip': 'Aller au contenu',
    'frame.asOf': 'Au {date}, heure de {zone}',
    'frame.final': 'Chiffres définitifs',
    'frame.toDate': 'Chiffres à ce jour',
    'frame.language': 'Langue',
    'frame.close': 'Fermer la session',
    'frame.versions': 'Définitions version {definition} · cohorte version {cohort}',
    'frame.noticeIgnored': 'Réglages non reconnus et laissés de côté : {names}.',

    'role.learner': 'Apprenant·e',
    'role.staff': 'Équipe pédagogique',
    'role.dlm': 'Responsable digital learning',
    'role.executive': 'Direction et métiers',
    'role.observer': 'Lecture seule',

    'kind.spoc': 'SPOC',
    'kind.blended': 'Parcours mixte',
    'cohort.period': 'Du {from} au {to}',
    'cohort.from': 'À partir du {from}',
    'cohort.day': 'Jour {day}',
    'cohort.dayOf': 'Jour {day} sur {length}',
    'cohort.startsIn': '{days, plural, =1 {Commence demain} other {Commence dans # jours}}',
    'cohort.closed': 'Clos',

    'state.completed': 'Terminé',
    'state.active': 'Actif',
    'state.inactive': 'Inactif',
    'state.notStarted': 'Pas commencé',
    'state.dropped': 'Décroché',
    'state.unfinished': 'Inachevé',
    'state.withdrawn': 'Retiré',
    'state.noShow': 'Jamais venu',
    'state.transferred': 'Transféré',

    'modality.online': 'En ligne',
    'modality.virtual-class': 'Classe virtuelle',
    'modality.in-person': 'Présentiel',
    'modality.assessment': 'Évaluation',

    'unit.untitled': 'Étape {n}',
    'value.none': '—',
    'value.days': '{n, plural, one {# jour} other {# jours}}',
    'value.minutes': '{minutes}\u00a0min',
    'value.hours': '{hours}\u00a0h',
    'value.hoursMinutes': '{hours}\u00a0h\u00a0{minutes}',
    'value.rate': '{numerator} sur {denominator}, {value} ({interval})',
    'value.rateNoInterval': '{numerator} sur {denominator}, {value}',

    'message.noCohort.learner.title': 'Votre parcours n’est pas encore ouvert',
    'message.noCohort.learner.text':
      'Aucun groupe n’est encore relié à cette activité. Il n’y a rien à faire pour l’instant : revenez plus tard, ou demandez à l’équipe pédagogique quand le parcours commence.',
    'message.noCohort.staff.title': 'Aucune cohorte n’est reliée à ce cours',
    'message.noCohort.staff.text':
      'Assidu ne sait pas encore quelle cohorte montrer ici. Décrivez-la (dates, étapes, règles), avec ce cours parmi ses contextes, puis rouvrez l’activité.',
    'message.noCohort.staff.how': 'Une cohorte s’enregistre avec la commande :',
    'message.choose.title': 'Quelle cohorte voulez-vous ouvrir ?',
    'message.choose.text': 'Plusieurs cohortes sont reliées à ce cours.',
    'message.notFound.title': 'Cette page n’existe pas',
    'message.notFound.text':
      'Le lien est incomplet, ou la cohorte a été retirée. Rouvrez l’activité depuis votre cours.',
    'message.expired.title': 'Votre session est terminée',
    'message.expired.text':
      'Pour protéger les données du groupe, une session s’arrête après quelques minutes sans activité. Rouvrez l’activité depuis votre cours : vous retrouverez cette page.',
    'message.closed.title': 'Session fermée',
    'message.closed.text':
      'Vous pouvez fermer cet onglet. Pour revenir, rouvrez l’activité depuis votre cours.',
    'message.forbidden.title': 'Cette page ne vous est pas ouverte',
    'message.forbidden.text':
      'Elle est réservée à l’équipe pédagogique de ce cours. Si vous en faites partie, demandez à la personne qui administre le cours de vérifier votre rôle, puis rouvrez l’activité.',
    'message.error.title': 'Un incident est survenu de notre côté',
    'message.error.text':
      'Rien de ce que vous avez fait n’est perdu. Réessayez dans un instant. Si cela recommence, transmettez cette référence à votre assistance :',
    'message.reference': 'Référence',
  },
  en: {
    'frame.skip': 'Skip to content',
    'frame.asOf': 'As of {date}, {zone} time',
    'frame.final': 'Final figures',
    'frame.toDate': 'Figures to date',
    'frame.language': 'Language',
    'frame.close': 'Close the session',
    'frame.versions': 'Definitions version {definition} · cohort version {cohort}',
    'frame.noticeIgnored': 'Settings not recognised and left aside: {names}.',

    'role.learner': 'Learner',
    'role.staff': 'Teaching team',
    'role.dlm': 'Digital learning manager',
    'role.executive': 'Executive',
    'role.observer': 'Read only',

    'kind.spoc': 'SPOC',
    'kind.blended': 'Blended',
    'cohort.period': '{from} to {to}',
    'cohort.from': 'From {from}',
    'cohort.day': 'Day {day}',
    'cohort.dayOf': 'Day {day} of {length}',
    'cohort.startsIn': '{days, plural, =1 {Starts tomorrow} other {Starts in # days}}',
    'cohort.closed': 'Closed',

    'state.completed': 'Completed',
    'state.active': 'Active',
    'state.inactive': 'Inactive',
    'state.notStarted': 'Not started',
    'state.dropped': 'Dropped',
    'state.unfinished': 'Unfinished',
    'state.withdrawn': 'Withdrawn',
    'state.noShow': 'No-show',
    'state.transferred': 'Transferred',

    'modality.online': 'Online',
    'modality.virtual-class': 'Virtual class',
    'modality.in-person': 'In person',
    'modality.assessment': 'Assessment',

    'unit.untitled': 'Step {n}',
    'value.none': '—',
    'value.days': '{n, plural, one {# day} other {# days}}',
    'value.minutes': '{minutes}\u00a0min',
    'value.hours': '{hours}\u00a0h',
    'value.hoursMinutes': '{hours}\u00a0h\u00a0{minutes}',
    'value.rate': '{numerator} of {denominator}, {value} ({interval})',
    'value.rateNoInterval': '{numerator} of {denominator}, {value}',

    'message.noCohort.learner.title': 'Your course is not open yet',
    'message.noCohort.learner.text':
      'No group is linked to this activity yet. There is nothing for you to do now: come back later, or ask the teaching team when it begins.',
    'message.noCohort.staff.title': 'No cohort is linked to this course',
    'message.noCohort.staff.text':
      'Assidu does not know yet which cohort to show here. Describe it (dates, steps, rules), with this course among its contexts, then open the activity again.',
    'message.noCohort.staff.how': 'A cohort is recorded with the command:',
    'message.choose.title': 'Which cohort do you want to open?',
    'message.choose.text': 'Several cohorts are linked to this course.',
    'message.notFound.title': 'This page does not exist',
    'message.notFound.text':
      'The link is incomplete, or the cohort was removed. Open the activity again from your course.',
    'message.expired.title': 'Your session has ended',
    'message.expired.text':
      'To protect the group’s data, a session stops after a few minutes without activity. Open the activity again from your course: you will find this page again.',
    'message.closed.title': 'Session closed',
    'message.closed.text': 'You may close this tab. To come back, open the activity again from your course.',
    'message.forbidden.title': 'This page is not open to you',
    'message.forbidden.text':
      'It is kept for the teaching team of this course. If you belong to it, ask the person who administers the course to check your role, then open the activity again.',
    'message.error.title': 'Something went wrong on our side',
    'message.error.text':
      'Nothing you did is lost. Try again in a moment. If it happens again, give this reference to your help desk:',
    'message.reference': 'Reference',
  },
} as const;
