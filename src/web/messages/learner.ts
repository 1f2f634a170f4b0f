/** Words of the learner's own page: kind, about the person's own way, never a ranking. */
export const learner = {
  fr: {
    'journey.title': 'Mon parcours',
    'journey.hello': 'Bonjour {name}',
    'journey.helloNobody': 'Bonjour',
    'journey.completed': 'Vous avez terminé ce parcours le {date}. Bravo !',
    'journey.active': 'Vous avancez bien. Continuez à votre rythme.',
    'journey.inactive':
      'Votre dernière activité date du {date}. Reprenez quand vous voulez, là où vous en étiez.',
    'journey.notStarted': 'Tout est prêt : commencez quand vous voulez.',
    'journey.dropped':
      'Votre dernière activité date du {date}. Ce que vous avez fait est gardé : vous pouvez reprendre là où vous en étiez.',
    'journey.unfinished': 'Ce parcours est clos. Ce que vous avez fait reste acquis et visible ici.',
    'journey.noShow':
      'Ce parcours est clos et aucune activité n’y a été notée pour vous. Si cela vous surprend, parlez-en à l’équipe pédagogique.',
    'journey.withdrawn': 'Votre inscription a pris fin le {date}. Ce que vous avez fait reste visible ici.',
    'journey.transferred':
      'Vous avez rejoint un autre groupe le {date}. Ce que vous avez fait ici reste visible.',

    'journey.progress': 'Ma progression',
    'journey.steps': '{done, plural, one {# étape} other {# étapes}} sur {total} ({share})',
    'journey.noSteps': 'Ce parcours n’a pas d’étape obligatoire.',
    'journey.lastAct': 'Dernière activité le {date}.',
    'journey.noAct': 'Aucune activité notée pour l’instant.',

    'next.title': 'Et maintenant',
    'next.due': 'À faire d’ici le {date}',
    'next.duePassed': 'Échéance passée le {date} : vous pouvez encore la faire',
    'next.starts': 'Le {date}',
    'next.open': 'Ouvrir cette étape',
    'next.missed':
      'Il ne reste que des séances passées. Voyez avec l’équipe pédagogique comment les rattraper.',
    'next.rest':
      'Toutes vos étapes obligatoires sont faites. L’achèvement sera noté dès que toutes les conditions ci-dessous sont remplies.',

    'steps.title': 'Les étapes',
    'steps.done': 'Faite le {date}',
    'steps.waived': 'Dispense accordée',
    'steps.todo': 'À faire',
    'steps.dueOn': 'À faire d’ici le {date}',
    'steps.overdue': 'À rattraper, échéance du {date}',
    'steps.upcoming': 'À venir, le {date}',
    'steps.held': 'Séance du {date}',
    'steps.absent': 'Présence non notée le {date}',
    'steps.excused': 'Absence excusée le {date}',
    'steps.cancelled': 'Séance annulée',
    'steps.optional': 'Facultative',
    'steps.undone': 'Non faite',
    'steps.how': 'Pour la valider : {how}.',
    'steps.none': 'Ce parcours ne décrit pas d’étapes. La plateforme dira quand il est achevé.',
  },
  en: {
    'journey.title': 'My course',
    'journey.hello': 'Hello {name}',
    'journey.helloNobody': 'Hello',
    'journey.completed': 'You completed this course on {date}. Well done!',
    'journey.active': 'You are well on your way. Carry on at your own pace.',
    'journey.inactive': 'Your last activity was on {date}. Pick up whenever you like, where you left off.',
    'journey.notStarted': 'Everything is ready: begin whenever you like.',
    'journey.dropped':
      'Your last activity was on {date}. What you did is kept: you can pick up where you left off.',
    'journey.unfinished': 'This course is closed. What you did stays yours and visible here.',
    'journey.noShow':
      'This course is closed and no activity was recorded for you. If that surprises you, talk to the teaching team.',
    'journey.withdrawn': 'Your enrolment ended on {date}. What you did stays visible here.',
    'journey.transferred': 'You joined another group on {date}. What you did here stays visible.',

    'journey.progress': 'My progress',
    'journey.steps': '{done} of {total, plural, one {# step} other {# steps}} ({share})',
    'journey.noSteps': 'This course has no required step.',
    'journey.lastAct': 'Last activity on {date}.',
    'journey.noAct': 'No activity recorded so far.',

    'next.title': 'What comes next',
    'next.due': 'To be done by {date}',
    'next.duePassed': 'It was due on {date}: you can still do it',
    'next.starts': 'On {date}',
    'next.open': 'Open this step',
    'next.missed': 'Only past sessions are left. Ask the teaching team how to make up for them.',
    'next.rest':
      'All your required steps are done. Completion will be recorded once every condition below is met.',

    'steps.title': 'The steps',
    'steps.done': 'Done on {date}',
    'steps.waived': 'Waived for you',
    'steps.todo': 'To do',
    'steps.dueOn': 'To be done by {date}',
    'steps.overdue': 'To catch up, was due on {date}',
    'steps.upcoming': 'Coming up on {date}',
    'steps.held': 'Session of {date}',
    'steps.absent': 'No attendance recorded on {date}',
    'steps.excused': 'Excused absence on {date}',
    'steps.cancelled': 'Session cancelled',
    'steps.optional': 'Optional',
    'steps.undone': 'Not done',
    'steps.how': 'To get it done: {how}.',
    'steps.none': 'This course describes no steps. The platform will say when it is completed.',
  },
} as const;
