/** Words of the navigation between the pages of a launch. */
export const navigation = {
  fr: {
    'nav.label': 'Pages',
    'nav.today': 'À voir aujourd’hui',
    'nav.cohort': 'Cohorte',
    'nav.compare': 'Comparer',
    'nav.report': 'Bilan',
    'nav.definition': 'Configurer',
    'nav.newCohort': 'Nouvelle cohorte',
    'nav.portfolio': 'Portefeuille',
    'nav.path': 'Mon parcours',
    'nav.myData': 'Mes données',
  },
  en: {
    'nav.label': 'Pages',
    'nav.today': 'To see today',
    'nav.cohort': 'Cohort',
    'nav.compare': 'Compare',
    'nav.report': 'Report',
    'nav.definition': 'Configure',
    'nav.newCohort': 'New cohort',
    'nav.portfolio': 'Portfolio',
    'nav.path': 'My path',
    'nav.myData': 'My data',
  },
} as const;
