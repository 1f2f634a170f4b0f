/** Words of the pages around an LTI launch. */
export const ltiMessages = {
  fr: {
    'product.name': 'Assidu',
    'login.title': 'Connexion à votre plateforme',
    'login.text': 'Votre plateforme de formation confirme qui vous êtes. Cela ne prend qu’un instant.',
    'login.continue': 'Continuer',
    'login.blockedTitle': 'Votre navigateur ne garde rien dans ce cadre',
    'login.blockedText':
      'Sans cela, nous ne pouvons pas vérifier que cette ouverture est la vôtre. Dans une fenêtre à part, l’activité s’ouvre.',
    'login.noScript':
      'Les scripts sont désactivés ici. Si l’activité ne s’ouvre pas dans ce cadre, ouvrez-la dans une fenêtre à part.',
    'login.refusedTitle': 'Votre navigateur ne garde rien de ce site',
    'login.refusedText':
      'Autorisez les cookies de ce site dans les réglages de votre navigateur, puis ouvrez de nouveau l’activité depuis votre cours.',
    'login.newWindow': 'Ouvrir dans une nouvelle fenêtre',
    'proof.title': 'Ouverture de l’activité',
    'proof.text': 'Nous vérifions que cette ouverture vient bien de votre navigateur.',
    'proof.noScript':
      'Votre navigateur ne garde pas de cookie dans ce cadre et n’y exécute pas de script. L’activité s’ouvre dans une fenêtre à part, ou une fois les cookies autorisés pour ce site.',
    'carry.title': 'Ouverture de l’activité',
    'carry.text': 'Votre navigateur ne garde pas de cookie ici : la page s’ouvre sans.',
    'carry.noScript':
      'Sans cookie, la page a besoin de JavaScript. Ouvrez de nouveau l’activité depuis votre cours, dans une fenêtre à part.',
    'carry.failed': 'La page n’a pas pu être chargée. Vérifiez votre connexion, puis réessayez.',
    'refused.what': 'Ce qui s’est passé',
    'refused.do': 'Que faire',
    'refused.reference': 'Référence : {reference}',
    'refused.again': 'Ouvrir dans une nouvelle fenêtre',
    'refused.course': 'Ouvrir le cours dans une nouvelle fenêtre',
    'refused.platform': 'Ouvrir la plateforme dans une nouvelle fenêtre',
    'request.title': 'Ce lien ne s’ouvre pas',
    'request.what': 'La demande reçue est incomplète ou ne vient pas d’une activité de votre plateforme.',
    'request.do': 'Retournez dans votre cours et ouvrez l’activité depuis sa page.',
    'platform.title': 'Cette plateforme n’a pas accès',
    'platform.what': 'La plateforme qui vous envoie n’est pas enregistrée ici, ou son accès n’est pas actif.',
    'platform.do': 'Transmettez la référence ci-dessous à la personne qui administre votre plateforme.',
    'waiting.title': 'Un accord est attendu',
    'waiting.what':
      'Votre plateforme, ou l’endroit où cet outil y est installé, attend l’accord de la personne qui administre Assidu.',
    'waiting.do': 'Transmettez-lui la référence ci-dessous, puis ouvrez de nouveau l’activité.',
    'expired.title': 'Cette ouverture n’est plus valable',
    'expired.what': 'Une ouverture ne sert qu’une fois et pendant quelques minutes.',
    'expired.do': 'Retournez dans votre cours et ouvrez de nouveau l’activité.',
    'unconfirmed.title': 'Votre plateforme n’a pas confirmé cette ouverture',
    'unconfirmed.what': 'Cette ouverture lui a déjà servi, ou vous n’y êtes plus connecté.',
    'unconfirmed.do':
      'Retournez dans votre cours, connectez-vous s’il le faut, et ouvrez de nouveau l’activité.',
    'browser.title': 'Votre navigateur n’a pas pu être reconnu',
    'browser.what':
      'L’activité n’a pas été ouverte depuis ce navigateur, ou celui-ci refuse de garder quoi que ce soit dans un cadre.',
    'browser.do':
      'Ouvrez votre cours dans une nouvelle fenêtre et relancez l’activité. Si cela se répète, autorisez les cookies de ce site.',
    'untrusted.title': 'Nous n’avons pas pu vérifier cette ouverture',
    'untrusted.what': 'Ce que votre plateforme a envoyé ne correspond pas à ce que nous attendions.',
    'untrusted.do':
      'Retournez dans votre cours et réessayez. Si cela se répète, transmettez la référence ci-dessous à la personne qui administre votre plateforme.',
    'session.title': 'Votre session est terminée',
    'session.what':
      'Elle s’arrête après quinze minutes sans activité, quand une autre personne se connecte, ou quand la page est rechargée dans un navigateur qui ne garde rien dans ce cadre.',
    'session.do': 'Retournez dans votre cours et ouvrez de nouveau l’activité.',
    'form.title': 'Votre demande n’a pas été enregistrée',
    'form.what': 'Le formulaire ne vient pas de cette page, ou il est resté ouvert trop longtemps.',
    'form.do': 'Revenez à la page précédente, rechargez-la, puis envoyez de nouveau le formulaire.',
    'failure.title': 'Un problème est survenu de notre côté',
    'failure.what': 'L’activité n’a pas pu s’ouvrir.',
    'failure.do':
      'Réessayez dans un instant. Si cela se répète, transmettez la référence ci-dessous à la personne qui administre cet outil.',
  },
  en: {
    'product.name': 'Assidu',
    'login.title': 'Connecting to your platform',
    'login.text': 'Your learning platform confirms who you are. This takes only a moment.',
    'login.continue': 'Continue',
    'login.blockedTitle': 'Your browser keeps nothing in this frame',
    'login.blockedText':
      'Without that we cannot check that this opening is yours. In a window of its own the activity opens.',
    'login.noScript':
      'Scripts are switched off here. If the activity does not open in this frame, open it in a window of its own.',
    'login.refusedTitle': 'Your browser keeps nothing of this site',
    'login.refusedText':
      'Allow cookies of this site in your browser’s settings, then open the activity again from your course.',
    'login.newWindow': 'Open in a new window',
    'proof.title': 'Opening the activity',
    'proof.text': 'We are checking that this was opened from your own browser.',
    'proof.noScript':
      'Your browser keeps no cookie in this frame and runs no script there. The activity opens in a window of its own, or once cookies are allowed for this site.',
    'carry.title': 'Opening the activity',
    'carry.text': 'Your browser keeps no cookie here: the page opens without one.',
    'carry.noScript':
      'Without a cookie the page needs JavaScript. Open the activity again from your course, in a window of its own.',
    'carry.failed': 'The page could not be loaded. Check your connection, then try again.',
    'refused.what': 'What happened',
    'refused.do': 'What to do',
    'refused.reference': 'Reference: {reference}',
    'refused.again': 'Open in a new window',
    'refused.course': 'Open the course in a new window',
    'refused.platform': 'Open the platform in a new window',
    'request.title': 'This link does not open',
    'request.what': 'What we received is incomplete, or does not come from an activity of your platform.',
    'request.do': 'Go back to your course and open the activity from its page.',
    'platform.title': 'This platform has no access',
    'platform.what': 'The platform that sent you is not registered here, or its access is not active.',
    'platform.do': 'Pass the reference below on to whoever administers your platform.',
    'waiting.title': 'Waiting for approval',
    'waiting.what':
      'Your platform, or the place in it where this tool is installed, waits for the approval of whoever administers Assidu.',
    'waiting.do': 'Pass the reference below on to them, then open the activity again.',
    'expired.title': 'This opening is no longer valid',
    'expired.what': 'An activity opened from a course works once, and for a few minutes.',
    'expired.do': 'Go back to your course and open the activity again.',
    'unconfirmed.title': 'Your platform did not confirm this opening',
    'unconfirmed.what': 'It has already used this opening, or you are no longer signed in there.',
    'unconfirmed.do': 'Go back to your course, sign in if need be, and open the activity again.',
    'browser.title': 'Your browser could not be recognised',
    'browser.what':
      'The activity was not opened from this browser, or the browser refuses to keep anything in a frame.',
    'browser.do':
      'Open your course in a new window and start the activity again. If it happens again, allow cookies for this site.',
    'untrusted.title': 'We could not verify this opening',
    'untrusted.what': 'What your platform sent is not what we expected.',
    'untrusted.do':
      'Go back to your course and try again. If it happens again, pass the reference below on to whoever administers your platform.',
    'session.title': 'Your session has ended',
    'session.what':
      'It ends after fifteen minutes without activity, when another person connects, or when the page is reloaded in a browser that keeps nothing in this frame.',
    'session.do': 'Go back to your course and open the activity again.',
    'form.title': 'Your request was not saved',
    'form.what': 'The form does not come from this page, or it stayed open for too long.',
    'form.do': 'Go back to the previous page, reload it, then send the form again.',
    'failure.title': 'Something went wrong on our side',
    'failure.what': 'The activity could not be opened.',
    'failure.do':
      'Try again in a moment. If it happens again, pass the reference below on to whoever administers this tool.',
  },
} as const;
