/** Words of the page that tells people what is kept about them. */
export const myData = {
  fr: {
    'mydata.title': 'Mes données',
    'mydata.lead':
      'Ce qu’Assidu garde sur vous, dans tous les parcours de l’organisation, où cela va, et ce que vous pouvez demander.',
    'mydata.download': 'Télécharger mes données (JSON)',
    'mydata.downloadNote':
      'Le fichier contient tout ce qui est listé ici, mot pour mot, dans tous vos parcours, et vos chiffres. Gardez-le pour vous.',
    'mydata.identifiers': 'Sous quels identifiants',
    'mydata.digest': 'empreinte d’une adresse ({start}…)',

    'mydata.kept': 'Ce qui est gardé',
    'mydata.statements': 'Vos activités',
    'mydata.statementsNone': 'Aucune activité n’est gardée sur vous.',
    'mydata.statementsMore': 'Seules les {n} premières sont comptées ici ; le fichier les contient toutes.',
    'mydata.verb.viewed': 'a consulté',
    'mydata.verb.completed': 'a terminé',
    'mydata.verb.passed': 'a réussi',
    'mydata.verb.failed': 'a échoué',
    'mydata.verb.attempted': 'a essayé',
    'mydata.verb.answered': 'a répondu',
    'mydata.verb.experienced': 'a parcouru',
    'mydata.verb.progressed': 'a avancé',
    'mydata.verb.scored': 'a obtenu un score',
    'mydata.verb.initialized': 'a commencé une séquence',
    'mydata.verb.terminated': 'a fini une séquence',
    'mydata.verb.interacted': 'a interagi',
    'mydata.verb.submitted': 'a remis',
    'mydata.what': 'Quoi',
    'mydata.howMany': 'Combien',
    'mydata.when': 'Quand',
    'mydata.period': 'du {first} au {last}',
    'mydata.naming':
      '{n, plural, one {# trace qui porte sur d’autres vous nomme aussi} other {# traces qui portent sur d’autres vous nomment aussi}} (une équipe, un cours que vous avez animé). Pour ne pas dévoiler ces personnes, elles ne sont pas dans le fichier : demandez-les.',
    'mydata.records': 'Autres informations',
    'mydata.kind.learner': 'Votre fiche : nom donné par la plateforme',
    'mydata.kind.identity': 'Identifiants connus',
    'mydata.kind.identity link': 'Liens entre vos identifiants',
    'mydata.kind.mailbox digest': 'Empreintes de votre adresse électronique',
    'mydata.kind.enrolment': 'Inscriptions et leurs changements',
    'mydata.kind.roster': 'Présence sur la liste d’un cours',
    'mydata.kind.course user': 'Cours de la plateforme dont vous êtes',
    'mydata.kind.grade': 'Notes envoyées à la plateforme',
    'mydata.kind.launch': 'Ouvertures d’Assidu depuis la plateforme',
    'mydata.kind.session': 'Sessions ouvertes',
    'mydata.kind.content session': 'Contenus ouverts',
    'mydata.kind.content key': 'Clés de contenus ouverts',
    'mydata.kind.document': 'Documents de contenus (reprise, préférences)',
    'mydata.kind.role': 'Droits donnés à la main',
    'mydata.kind.name in statements': 'Noms que les traces vous donnent',

    'mydata.attendance': 'Présences et dispenses notées dans ce parcours',
    'mydata.attendanceNone': 'Personne n’a rien noté à votre sujet dans ce parcours.',
    'mydata.present': 'présent·e',
    'mydata.absent': 'absent·e',
    'mydata.excused': 'excusé·e',
    'mydata.waived': 'dispense : {reason}',
    'mydata.entry': '{unit} : {status}',

    'mydata.where': 'Où cela va',
    'mydata.platform':
      'Vers votre plateforme ({host}) : {n, plural, =0 {aucune note envoyée} one {# note envoyée} other {# notes envoyées}}.',
    'mydata.forward': 'Vers l’entrepôt de traces « {name} » ({host}), choisi par votre organisation.',
    'mydata.forwardPaused':
      'Vers l’entrepôt de traces « {name} » ({host}), choisi par votre organisation ; suspendu pour l’instant.',
    'mydata.forwardNone': 'Vers aucun autre entrepôt de traces.',
    'mydata.nowhere':
      'Nulle part ailleurs depuis Assidu. Ce que des personnes autorisées exportent leur appartient.',

    'mydata.who': 'Qui le voit',
    'mydata.who.you': 'Vous.',
    'mydata.who.staff': 'L’équipe pédagogique de votre cours : votre parcours et vos présences.',
    'mydata.who.dlm':
      'Les responsables digital learning de l’organisation : les mêmes choses, pour tous les cours.',
    'mydata.who.mentor': 'La personne qui vous suit, si la plateforme en désigne une : votre parcours.',
    'mydata.who.analyst': 'Les analystes à qui l’organisation a donné une clé.',
    'mydata.who.executive':
      'La direction et les métiers : jamais vous seul·e, seulement des groupes d’au moins {n} personnes.',
    'mydata.who.learners': 'Les autres apprenants : non. Il n’y a pas de classement.',

    'mydata.long': 'Combien de temps',
    'mydata.longText':
      'Les traces sont gardées sans limite de durée tant que votre organisation ne demande pas votre effacement. Les sessions s’effacent d’elles-mêmes après quelques minutes sans activité.',

    'mydata.ask': 'Ce que vous pouvez demander',
    'mydata.ask.correct':
      'Une correction : à l’équipe pédagogique, qui peut rectifier présences, dispenses et inscription.',
    'mydata.ask.erase':
      'Un effacement : à la personne chargée de la protection des données dans votre organisation, ou à l’équipe pédagogique. Donnez l’identifiant ci-dessous. Assidu n’enregistre pas la demande : adressez-la par écrit.',
    'mydata.ask.what':
      'À l’effacement, vos activités, présences, inscriptions et identifiants sont supprimés d’Assidu pour de bon. Restent des chiffres de groupe sans nom. Les copies déjà transmises ailleurs, dont les notes sur la plateforme, se demandent là-bas.',
    'mydata.ask.website': 'Site de l’organisation :',
    'mydata.identifier': 'Votre identifiant sur la plateforme :',
  },
  en: {
    'mydata.title': 'My data',
    'mydata.lead':
      'What Assidu keeps about you, in all courses of the organisation, where it goes, and what you may ask for.',
    'mydata.download': 'Download my data (JSON)',
    'mydata.downloadNote':
      'The file holds all that is listed here, word for word, of all your courses, and your figures. Keep it to yourself.',
    'mydata.identifiers': 'Under which identifiers',
    'mydata.digest': 'digest of an address ({start}…)',

    'mydata.kept': 'What is kept',
    'mydata.statements': 'Your activities',
    'mydata.statementsNone': 'No activity of yours is kept.',
    'mydata.statementsMore': 'Only the first {n} are counted here; the file holds all of them.',
    'mydata.verb.viewed': 'viewed',
    'mydata.verb.completed': 'completed',
    'mydata.verb.passed': 'passed',
    'mydata.verb.failed': 'failed',
    'mydata.verb.attempted': 'attempted',
    'mydata.verb.answered': 'answered',
    'mydata.verb.experienced': 'experienced',
    'mydata.verb.progressed': 'progressed',
    'mydata.verb.scored': 'scored',
    'mydata.verb.initialized': 'began a sequence',
    'mydata.verb.terminated': 'ended a sequence',
    'mydata.verb.interacted': 'interacted',
    'mydata.verb.submitted': 'submitted',
    'mydata.what': 'What',
    'mydata.howMany': 'How many',
    'mydata.when': 'When',
    'mydata.period': '{first} to {last}',
    'mydata.naming':
      '{n, plural, one {# record about others names you, too} other {# records about others name you, too}} (a team, a course that you taught). So as not to disclose these people, they are not in the file: ask for them.',
    'mydata.records': 'Other information',
    'mydata.kind.learner': 'Your entry: the name that the platform gave',
    'mydata.kind.identity': 'Known identifiers',
    'mydata.kind.identity link': 'Links between your identifiers',
    'mydata.kind.mailbox digest': 'Digests of your e-mail address',
    'mydata.kind.enrolment': 'Enrolments and their changes',
    'mydata.kind.roster': 'Being on the list of a course',
    'mydata.kind.course user': 'Courses of the platform that you are in',
    'mydata.kind.grade': 'Grades sent to the platform',
    'mydata.kind.launch': 'Openings of Assidu from the platform',
    'mydata.kind.session': 'Open sessions',
    'mydata.kind.content session': 'Content opened',
    'mydata.kind.content key': 'Keys of content opened',
    'mydata.kind.document': 'Documents of content (where you stopped, preferences)',
    'mydata.kind.role': 'Rights given by hand',
    'mydata.kind.name in statements': 'Names that records call you by',

    'mydata.attendance': 'Attendance and waivers noted in this course',
    'mydata.attendanceNone': 'Nobody has noted anything about you in this course.',
    'mydata.present': 'present',
    'mydata.absent': 'absent',
    'mydata.excused': 'excused',
    'mydata.waived': 'waived: {reason}',
    'mydata.entry': '{unit}: {status}',

    'mydata.where': 'Where it goes',
    'mydata.platform':
      'To your platform ({host}): {n, plural, =0 {no grade sent} one {# grade sent} other {# grades sent}}.',
    'mydata.forward': 'To the record store “{name}” ({host}), chosen by your organisation.',
    'mydata.forwardPaused':
      'To the record store “{name}” ({host}), chosen by your organisation; paused at present.',
    'mydata.forwardNone': 'To no other record store.',
    'mydata.nowhere': 'Nowhere else from Assidu. What authorised people export is theirs.',

    'mydata.who': 'Who sees it',
    'mydata.who.you': 'You.',
    'mydata.who.staff': 'The teaching team of your course: your path and your attendance.',
    'mydata.who.dlm': 'The digital learning managers of the organisation: the same, for all courses.',
    'mydata.who.mentor': 'The person who follows you, if the platform names one: your path.',
    'mydata.who.analyst': 'Analysts to whom the organisation gave a key.',
    'mydata.who.executive': 'Executives and business: never you alone, only groups of {n} people or more.',
    'mydata.who.learners': 'Other learners: no. There is no ranking.',

    'mydata.long': 'How long',
    'mydata.longText':
      'Records are kept without limit unless your organisation asks for your erasure. Sessions go by themselves after some minutes without activity.',

    'mydata.ask': 'What you may ask for',
    'mydata.ask.correct': 'A correction: the teaching team can set attendance, waivers and enrolment right.',
    'mydata.ask.erase':
      'Erasure: ask whoever is in charge of data protection in your organisation, or the teaching team. Give the identifier below. Assidu does not record the request: send it in writing.',
    'mydata.ask.what':
      'At an erasure your activities, attendance, enrolments and identifiers are removed from Assidu for good. Figures of groups stay, without names. Copies that were passed on, grades at the platform among them, are to be asked for there.',
    'mydata.ask.website': 'Website of the organisation:',
    'mydata.identifier': 'Your identifier at the platform:',
  },
} as const;
