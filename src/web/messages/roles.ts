/** Words about who may see what. */
export const roles = {
  fr: {
    'message.mentees.title': 'Les parcours que vous suivez',
    'message.mentees.text': 'Votre plateforme vous a ouvert le parcours de ces personnes, et d’elles seules.',
    'message.noMentee.title': 'Aucun parcours à suivre ici',
    'message.noMentee.text':
      'Votre plateforme ne désigne personne que vous suivriez dans ce cours, ou ces personnes n’ont pas encore commencé. Si c’est une erreur, demandez à l’équipe du cours de vérifier votre rôle.',
    'message.identifier': 'Votre identifiant sur la plateforme, si un droit doit vous être donné à la main :',
    'mentee.own': 'Mon parcours',
  },
  en: {
    'message.mentees.title': 'The paths you follow',
    'message.mentees.text': 'Your platform has opened these people’s paths to you, and no others.',
    'message.noMentee.title': 'There is no path to follow here',
    'message.noMentee.text':
      'Your platform names nobody whom you would follow in this course, or they have not begun yet. If this is a mistake, ask the course team to check your role.',
    'message.identifier': 'Your identifier on the platform, if a right is to be given to you by hand:',
    'mentee.own': 'My path',
  },
} as const;
