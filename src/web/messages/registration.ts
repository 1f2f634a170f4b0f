/** Words of the pages of registration and of the manual set-up. */
export const registrationMessages = {
  fr: {
    'register.title': 'Relier une plateforme à Assidu',
    'register.intro':
      'Vérifiez la plateforme et ce qui lui sera demandé. Rien ne lui est envoyé avant que vous ne validiez.',
    'register.platform': 'La plateforme',
    'register.name': 'Nom',
    'register.issuer': 'Adresse (issuer)',
    'register.product': 'Logiciel',
    'register.asks': 'Ce qu’Assidu lui demande',
    'register.roster':
      'La liste des personnes inscrites à chaque cours où l’outil est placé, avec leur rôle.',
    'register.grades': 'Créer ses propres colonnes de notes, y écrire et y relire ses résultats.',
    'register.id': 'L’identifiant des personnes qui ouvrent l’outil et leur rôle dans le cours.',
    'register.names': 'Leur nom.',
    'register.email': 'Leur adresse électronique.',
    'register.messages': 'Messages : {list}.',
    'register.placements': 'Emplacements : {list}.',
    'register.code': 'Code d’enregistrement',
    'register.codeHelp':
      'Donné par la personne qui administre Assidu. Sans code, la plateforme restera en attente de son accord.',
    'register.code.unknown': 'Ce code n’est pas connu. Vérifiez-le, ou laissez le champ vide.',
    'register.code.used': 'Ce code a déjà servi : il en faut un par plateforme.',
    'register.code.expired': 'Ce code n’est plus valable : demandez-en un autre.',
    'register.submit': 'Relier la plateforme',
    'registered.active.title': 'La plateforme est reliée',
    'registered.active.text': '{platform} peut désormais ouvrir Assidu.',
    'registered.updated.title': 'L’enregistrement est à jour',
    'registered.updated.text': '{platform} était déjà reliée : ses adresses viennent d’être mises à jour.',
    'registered.pending.title': 'En attente d’un accord',
    'registered.pending.text':
      '{platform} a accepté Assidu. Il reste un accord à donner par la personne qui administre Assidu, avec la commande ci-dessous.',
    'registered.unchanged.title': 'La plateforme était déjà reliée',
    'registered.unchanged.text':
      'Rien n’a changé du côté d’Assidu pour {platform}. Pour mettre ses adresses à jour, recommencez avec un code de son organisation.',
    'registered.first-launch':
      'Le premier déploiement qui ouvrira Assidu avant l’expiration du code sera accepté de lui-même.',
    'registered.to-approve':
      'Cette plateforme ne dit qu’à la première ouverture dans quel déploiement elle se fait : celle-ci sera refusée et le déploiement mis en attente d’un accord.',
    'registered.activate': 'Dans Moodle, activez ensuite l’outil ; dans Canvas, confirmez l’installation.',
    'registered.close': 'Fermer cette fenêtre',
    'registered.closeHelp':
      'Si rien ne se passe, fermez-la vous-même et rechargez la page de votre plateforme.',
    'fault.title': 'La plateforme n’a pas été reliée',
    'fault.platformSays': 'Réponse de la plateforme :',
    'fault.manual': 'Relier la plateforme à la main',
    'fault.request-incomplete.what': 'Cette adresse doit être ouverte par la plateforme elle-même.',
    'fault.request-incomplete.do':
      'Donnez-la à votre plateforme, dans ses réglages d’outils externes : c’est elle qui ouvrira cette page.',
    'fault.origin-foreign.what': 'Le formulaire ne vient pas de cette page.',
    'fault.origin-foreign.do': 'Recommencez depuis votre plateforme.',
    'fault.busy.what': 'Trop d’enregistrements sont en cours.',
    'fault.busy.do': 'Réessayez dans un instant.',
    'fault.configuration-address.what':
      'L’adresse de la configuration de la plateforme n’est pas une adresse https.',
    'fault.configuration-address.do': 'Vérifiez que votre plateforme est publiée en https.',
    'fault.configuration-unreachable.what': 'La configuration de la plateforme n’a pas pu être lue.',
    'fault.configuration-unreachable.do':
      'Vérifiez qu’elle répond depuis Internet, sans redirection. Une plateforme d’un réseau privé se relie à la main.',
    'fault.configuration-invalid.what': 'La configuration de la plateforme est incomplète.',
    'fault.configuration-invalid.do': 'Reliez la plateforme à la main, ou mettez-la à jour.',
    'fault.issuer-foreign.what':
      'La configuration vient d’un autre site que celui de la plateforme qu’elle décrit.',
    'fault.issuer-foreign.do':
      'Ne continuez que si vous êtes sur votre propre plateforme ; vérifiez l’adresse du site dans ses réglages.',
    'fault.endpoint-insecure.what': 'Une adresse de la plateforme n’est pas en https.',
    'fault.endpoint-insecure.do': 'Publiez la plateforme en https, puis recommencez.',
    'fault.platform-unreachable.what': 'La plateforme n’a pas répondu à la demande d’enregistrement.',
    'fault.platform-unreachable.do':
      'Regardez si l’outil figure dans sa liste ; si oui, supprimez-le, puis recommencez.',
    'fault.platform-refused.what': 'La plateforme a refusé l’enregistrement.',
    'fault.platform-refused.do':
      'Recommencez depuis votre plateforme : une invitation ne sert qu’une fois et pendant une heure.',
    'fault.answer-invalid.what': 'La réponse de la plateforme n’a pas pu être comprise.',
    'fault.answer-invalid.do': 'Supprimez l’outil de sa liste, puis reliez la plateforme à la main.',
    'fault.reference': 'Référence : {reference}',
    'manual.title': 'Relier votre plateforme à Assidu',
    'manual.language': 'English',
    'manual.intro':
      'Les valeurs à recopier dans les réglages de votre plateforme. Elles ne contiennent aucun secret.',
    'manual.moodle': 'Moodle',
    'manual.moodle.auto':
      'Le plus simple : Administration du site › Plugins › Outil externe › Gérer les outils. Collez l’adresse d’enregistrement dans « URL de l’outil », puis « Ajouter LTI Advantage ».',
    'manual.moodle.hand':
      'À la main : « configurer un outil manuellement », version LTI 1.3, type de clé « URL du jeu de clés », puis les autres valeurs.',
    'manual.moodle.privacy':
      'Confidentialité : partager le nom et l’adresse électronique « Toujours », accepter les notes « Toujours ». Services : « utiliser ce service pour la synchronisation des notes et la gestion des colonnes » et « récupérer les informations des membres ». Conteneur par défaut : intégré.',
    'manual.canvas': 'Canvas',
    'manual.canvas.auto':
      'Le plus simple : Admin › Developer Keys › + Developer Key › LTI Registration, avec l’adresse d’enregistrement.',
    'manual.canvas.hand':
      'À la main : + Developer Key › LTI Key, méthode « Enter URL » avec l’adresse JSON, ou « Manual Entry » avec les autres valeurs. Activez la clé, puis installez l’application par son identifiant (Client ID).',
    'manual.canvas.privacy': 'Confidentialité (Privacy Level) : Public, pour que les noms apparaissent.',
    'manual.after':
      'Puis donnez à la personne qui administre Assidu l’identifiant de client et l’identifiant de déploiement que la plateforme affiche.',
    'manual.copy': 'Copier',
    'manual.copied': 'Copié',
    'field.register': 'Adresse d’enregistrement',
    'field.tool-name': 'Nom de l’outil',
    'field.tool-url': 'URL de l’outil (target link URI)',
    'field.keyset-url': 'URL du jeu de clés publiques (JWKS)',
    'field.login-url': 'URL de connexion (initiate login)',
    'field.redirect-url': 'URI de redirection',
    'field.custom': 'Paramètres personnalisés',
    'field.icon-url': 'URL de l’icône',
    'field.canvas-json': 'Adresse de la configuration JSON',
  },
  en: {
    'register.title': 'Connect a platform to Assidu',
    'register.intro':
      'Check the platform and what it will be asked for. Nothing is sent to it until you confirm.',
    'register.platform': 'The platform',
    'register.name': 'Name',
    'register.issuer': 'Address (issuer)',
    'register.product': 'Software',
    'register.asks': 'What Assidu asks it for',
    'register.roster': 'The list of the people of each course in which the tool is placed, with their roles.',
    'register.grades': 'To create grade columns of its own, and to write and read its results there.',
    'register.id': 'The identifiers of the people who open the tool, and their roles in the course.',
    'register.names': 'Their names.',
    'register.email': 'Their e-mail addresses.',
    'register.messages': 'Messages: {list}.',
    'register.placements': 'Placements: {list}.',
    'register.code': 'Registration code',
    'register.codeHelp':
      'Given by whoever administers Assidu. Without a code the platform will wait for their approval.',
    'register.code.unknown': 'This code is not known. Check it, or leave the field empty.',
    'register.code.used': 'This code was used already: each platform needs one of its own.',
    'register.code.expired': 'This code is no longer valid: ask for another one.',
    'register.submit': 'Connect the platform',
    'registered.active.title': 'The platform is connected',
    'registered.active.text': '{platform} can open Assidu from now on.',
    'registered.updated.title': 'The registration is up to date',
    'registered.updated.text': '{platform} was connected already: its addresses have just been updated.',
    'registered.pending.title': 'Waiting for approval',
    'registered.pending.text':
      '{platform} has accepted Assidu. Whoever administers Assidu still has to approve it, with the command below.',
    'registered.unchanged.title': 'The platform was connected already',
    'registered.unchanged.text':
      'Nothing has changed in Assidu for {platform}. To update its addresses, start again with a code of its organisation.',
    'registered.first-launch':
      'The first deployment that opens Assidu before the code expires will be accepted by itself.',
    'registered.to-approve':
      'This platform tells only at the first opening from which deployment it comes: that one will be refused, and the deployment will wait for approval.',
    'registered.activate': 'In Moodle, activate the tool now; in Canvas, confirm the installation.',
    'registered.close': 'Close this window',
    'registered.closeHelp': 'If nothing happens, close it yourself and reload the page of your platform.',
    'fault.title': 'The platform was not connected',
    'fault.platformSays': 'The platform’s answer:',
    'fault.manual': 'Connect the platform by hand',
    'fault.request-incomplete.what': 'This address is to be opened by the platform itself.',
    'fault.request-incomplete.do':
      'Give it to your platform, in its settings for external tools: the platform will open this page.',
    'fault.origin-foreign.what': 'The form does not come from this page.',
    'fault.origin-foreign.do': 'Start again from your platform.',
    'fault.busy.what': 'Too many registrations are under way.',
    'fault.busy.do': 'Try again in a moment.',
    'fault.configuration-address.what':
      'The address of the platform’s configuration is not an https address.',
    'fault.configuration-address.do': 'Check that your platform is published by https.',
    'fault.configuration-unreachable.what': 'The platform’s configuration could not be read.',
    'fault.configuration-unreachable.do':
      'Check that it answers from the Internet, without a redirection. A platform in a private network is connected by hand.',
    'fault.configuration-invalid.what': 'The platform’s configuration is incomplete.',
    'fault.configuration-invalid.do': 'Connect the platform by hand, or update it.',
    'fault.issuer-foreign.what': 'The configuration comes from another site than the platform it describes.',
    'fault.issuer-foreign.do':
      'Go on only if you are on your own platform; check the site’s address in its settings.',
    'fault.endpoint-insecure.what': 'An address of the platform is not https.',
    'fault.endpoint-insecure.do': 'Publish the platform by https, then start again.',
    'fault.platform-unreachable.what': 'The platform did not answer the request to register.',
    'fault.platform-unreachable.do':
      'See whether the tool is in its list; if so, delete it, then start again.',
    'fault.platform-refused.what': 'The platform refused the registration.',
    'fault.platform-refused.do': 'Start again from your platform: an invitation works once, and for an hour.',
    'fault.answer-invalid.what': 'The platform’s answer could not be understood.',
    'fault.answer-invalid.do': 'Delete the tool from its list, then connect the platform by hand.',
    'fault.reference': 'Reference: {reference}',
    'manual.title': 'Connect your platform to Assidu',
    'manual.language': 'Français',
    'manual.intro': 'The values to copy into the settings of your platform. None of them is secret.',
    'manual.moodle': 'Moodle',
    'manual.moodle.auto':
      'The simplest way: Site administration › Plugins › External tool › Manage tools. Paste the registration address into “Tool URL”, then “Add LTI Advantage”.',
    'manual.moodle.hand':
      'By hand: “configure a tool manually”, LTI version 1.3, public key type “Keyset URL”, then the other values.',
    'manual.moodle.privacy':
      'Privacy: share name and e-mail “Always”, accept grades “Always”. Services: “use this service for grade sync and column management” and “use this service to retrieve members’ information”. Default launch container: embed.',
    'manual.canvas': 'Canvas',
    'manual.canvas.auto':
      'The simplest way: Admin › Developer Keys › + Developer Key › LTI Registration, with the registration address.',
    'manual.canvas.hand':
      'By hand: + Developer Key › LTI Key, method “Enter URL” with the JSON address, or “Manual Entry” with the other values. Switch the key on, then install the app by its Client ID.',
    'manual.canvas.privacy': 'Privacy Level: Public, so that names appear.',
    'manual.after':
      'Then give whoever administers Assidu the client id and the deployment id that the platform shows.',
    'manual.copy': 'Copy',
    'manual.copied': 'Copied',
    'field.register': 'Registration address',
    'field.tool-name': 'Tool name',
    'field.tool-url': 'Tool URL (target link URI)',
    'field.keyset-url': 'Public keyset URL (JWKS)',
    'field.login-url': 'Initiate login URL',
    'field.redirect-url': 'Redirection URI',
    'field.custom': 'Custom parameters',
    'field.icon-url': 'Icon URL',
    'field.canvas-json': 'Address of the JSON configuration',
  },
} as const;
