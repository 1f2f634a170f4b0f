/** Words of the page on which an organisation says its name and shows its logo. */
export const organisation = {
  fr: {
    'organisation.title': 'Votre organisation',
    'organisation.lead':
      'Le nom, le site et le logo figurent en tête des bilans. Ils valent pour toutes les cohortes de l’organisation.',
    'organisation.nameFr': 'Nom, en français',
    'organisation.nameEn': 'Nom, en anglais',
    'organisation.nameHint': 'Facultatif : le nom français sert quand l’anglais manque, et l’inverse.',
    'organisation.website': 'Site web',
    'organisation.websiteHint': 'Adresse complète, par exemple https://formation.example.org',
    'organisation.logo': 'Logo',
    'organisation.logoHint':
      'PNG, JPEG ou SVG, 200 ko et 4 000 pixels de côté au plus. Sans fichier choisi, le logo actuel reste.',
    'organisation.logoNow': 'Logo actuel',
    'organisation.logoRemove': 'Retirer le logo',
    'organisation.save': 'Enregistrer',
    'organisation.saved': 'C’est enregistré. Les prochains bilans porteront ces indications.',
    'organisation.faults': 'Rien n’a été enregistré. À corriger :',
    'organisation.fault.name': 'Le nom compte 200 caractères au plus.',
    'organisation.fault.website':
      'L’adresse du site doit être complète et commencer par https:// ou http://.',
    'organisation.fault.logo':
      'Le logo doit être une image PNG, JPEG ou SVG de 200 ko et 4 000 pixels de côté au plus, sans script ni contenu pris ailleurs.',
  },
  en: {
    'organisation.title': 'Your organisation',
    'organisation.lead':
      'Name, website and logo stand at the top of reports. They count for all cohorts of the organisation.',
    'organisation.nameFr': 'Name, in French',
    'organisation.nameEn': 'Name, in English',
    'organisation.nameHint':
      'Optional: the French name is used where the English one is missing, and the reverse.',
    'organisation.website': 'Website',
    'organisation.websiteHint': 'The whole address, such as https://training.example.org',
    'organisation.logo': 'Logo',
    'organisation.logoHint':
      'PNG, JPEG or SVG, 200 kB and 4,000 pixels on a side at most. Nothing is sent without a choice: the present logo stays.',
    'organisation.logoNow': 'Present logo',
    'organisation.logoRemove': 'Remove the logo',
    'organisation.save': 'Save',
    'organisation.saved': 'Saved. The next reports will carry this.',
    'organisation.faults': 'Nothing was saved. To be corrected:',
    'organisation.fault.name': 'The name has 200 characters at most.',
    'organisation.fault.website':
      'The address of the website must be whole and begin with https:// or http://.',
    'organisation.fault.logo':
      'The logo must be a PNG, JPEG or SVG image of 200 kB and 4,000 pixels on a side at most, with no script and nothing from elsewhere.',
  },
} as const;
