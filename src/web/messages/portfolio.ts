/** Words of the portfolio: programmes and business units. */
export const portfolio = {
  fr: {
    'portfolio.title': 'Portefeuille',
    'portfolio.lead':
      'Programmes et entités : combien de personnes sont touchées, combien vont au bout, à quel coût.',
    'portfolio.asOf': 'Chiffres au {date} (UTC)',
    'portfolio.scope': 'Vous voyez les cohortes de : {list}.',
    'portfolio.scopeOf': '{tag} « {name} »',
    'portfolio.programme': 'Programme',
    'portfolio.businessUnit': 'Entité',
    'portfolio.byProgramme': 'Par programme',
    'portfolio.byBusinessUnit': 'Par entité',
    'portfolio.by': 'Regrouper',
    'portfolio.filter': 'Choisir les cohortes',
    'portfolio.all': 'Toutes',
    'portfolio.allProgrammes': 'Tous',
    'portfolio.kind': 'Forme',
    'portfolio.state': 'État',
    'portfolio.state.any': 'Closes et en cours',
    'portfolio.state.final': 'Closes (définitif)',
    'portfolio.state.open': 'En cours (à ce jour)',
    'portfolio.from': 'Début à partir de',
    'portfolio.to': 'Début jusqu’à',
    'portfolio.anyQuarter': 'Sans limite',
    'portfolio.quarter': 'T{quarter} {year}',
    'portfolio.submit': 'Afficher',
    'portfolio.reset': 'Tout revoir',
    'portfolio.csv': 'Télécharger ces chiffres (CSV)',
    'portfolio.none': 'Aucune cohorte ne correspond à ce choix.',
    'portfolio.nothing':
      'Aucune cohorte pour l’instant. Les programmes et entités viennent des étiquettes « programme » et « businessUnit » des cohortes.',

    'portfolio.final': 'Cohortes closes : chiffres définitifs',
    'portfolio.open': 'Cohortes en cours : chiffres à ce jour',
    'portfolio.openNote':
      'Ces cohortes n’ont pas toutes le même âge : leur achèvement montera encore. Ne les comparez pas aux cohortes closes.',
    'portfolio.sectionNone': 'Aucune.',
    'portfolio.group.none': 'Sans étiquette',
    'portfolio.total': 'Ensemble',
    'portfolio.cohorts': 'Cohortes',
    'portfolio.cohortCount': '{n, plural, one {# cohorte} other {# cohortes}}',
    'portfolio.withheld':
      '{n, plural, one {dont # trop petite pour être comptée} other {dont # trop petites pour être comptées}}',
    'portfolio.reach': 'Inscriptions',
    'portfolio.startRate': 'Ont commencé',
    'portfolio.completion': 'Achèvement',
    'portfolio.dropout': 'Décrochage',
    'portfolio.attendance': 'Assiduité',
    'portfolio.realisation': 'Réalisation',
    'portfolio.cost': 'Coût par achèvement',
    'portfolio.sortBy': 'Trier par',
    'portfolio.masked': 'moins de {n} personnes',
    'portfolio.noneToDivide': 'rien à compter',
    'portfolio.costNote': '{total} pour {completed, plural, one {# achèvement} other {# achèvements}}',
    'portfolio.costNobody': '{total}, aucun achèvement',
    'portfolio.costNone': 'Non renseigné',
    'portfolio.hours': '{done} sur {planned}',

    'portfolio.trend': 'Évolution, par trimestre de début',
    'portfolio.trendNote':
      'Cohortes closes seulement : toutes ont atteint l’âge où plus rien ne change. Une différence dont l’intervalle contient zéro peut être due au hasard.',
    'portfolio.trendNone': 'Pas encore de cohorte close.',
    'portfolio.trendQuarter': 'Trimestre',
    'portfolio.trendOpen': '{n, plural, one {# encore en cours} other {# encore en cours}}',
    'portfolio.againstBefore': 'Achèvement, face au trimestre d’avant',
    'portfolio.againstYear': 'Achèvement, face à un an avant',
    'portfolio.points': '{value} points ({low} à {high})',
    'portfolio.unclear': 'peut être le hasard',
    'portfolio.noComparison': 'pas de comparaison',

    'portfolio.how': 'Comment lire ces chiffres',
    'portfolio.how.enrolments':
      'On compte des inscriptions : une personne inscrite dans deux cohortes compte deux fois.',
    'portfolio.how.pooled':
      'Un taux regroupé additionne les numérateurs et les dénominateurs des cohortes ; on ne fait jamais la moyenne des taux.',
    'portfolio.how.states':
      'Cohortes closes et cohortes en cours ne sont jamais additionnées, ni les montants de monnaies différentes.',
    'portfolio.how.masked':
      'Un groupe de moins de {n} personnes n’est montré nulle part, pas même dans les totaux : sinon on le retrouverait par soustraction.',
    'portfolio.define.reach': 'Inscriptions des cohortes, personnes exclues mises à part.',
    'portfolio.define.realisation':
      'Minutes prévues des étapes obligatoires faites, sur les minutes prévues, toutes inscriptions ensemble.',
    'portfolio.define.cost':
      'Coût total des cohortes qui donnent leur coût, divisé par les achèvements de ces mêmes cohortes.',

    'message.noPortfolio.title': 'Le portefeuille ne vous est pas ouvert',
    'message.noPortfolio.text':
      'Il est réservé aux responsables digital learning et aux personnes à qui ce droit a été donné. Transmettez-leur l’identifiant ci-dessous si vous en avez besoin.',
  },
  en: {
    'portfolio.title': 'Portfolio',
    'portfolio.lead':
      'Programmes and business units: how many people are reached, how many complete, at what cost.',
    'portfolio.asOf': 'Figures as of {date} (UTC)',
    'portfolio.scope': 'You see the cohorts of: {list}.',
    'portfolio.scopeOf': '{tag} “{name}”',
    'portfolio.programme': 'Programme',
    'portfolio.businessUnit': 'Business unit',
    'portfolio.byProgramme': 'By programme',
    'portfolio.byBusinessUnit': 'By business unit',
    'portfolio.by': 'Group',
    'portfolio.filter': 'Choose cohorts',
    'portfolio.all': 'All',
    'portfolio.allProgrammes': 'All',
    'portfolio.kind': 'Kind',
    'portfolio.state': 'State',
    'portfolio.state.any': 'Closed and under way',
    'portfolio.state.final': 'Closed (final)',
    'portfolio.state.open': 'Under way (to date)',
    'portfolio.from': 'Begun from',
    'portfolio.to': 'Begun until',
    'portfolio.anyQuarter': 'No limit',
    'portfolio.quarter': 'Q{quarter} {year}',
    'portfolio.submit': 'Show',
    'portfolio.reset': 'Show all again',
    'portfolio.csv': 'Download these figures (CSV)',
    'portfolio.none': 'No cohort matches this choice.',
    'portfolio.nothing':
      'No cohort so far. Programmes and business units come from the tags “programme” and “businessUnit” of cohorts.',

    'portfolio.final': 'Closed cohorts: final figures',
    'portfolio.open': 'Cohorts under way: figures to date',
    'portfolio.openNote':
      'These cohorts differ in age: their completion will still rise. Do not compare them with closed ones.',
    'portfolio.sectionNone': 'None.',
    'portfolio.group.none': 'Without tag',
    'portfolio.total': 'Together',
    'portfolio.cohorts': 'Cohorts',
    'portfolio.cohortCount': '{n, plural, one {# cohort} other {# cohorts}}',
    'portfolio.withheld':
      '{n, plural, one {# of them too small to be counted} other {# of them too small to be counted}}',
    'portfolio.reach': 'Enrolments',
    'portfolio.startRate': 'Started',
    'portfolio.completion': 'Completion',
    'portfolio.dropout': 'Dropout',
    'portfolio.attendance': 'Attendance',
    'portfolio.realisation': 'Realisation',
    'portfolio.cost': 'Cost per completer',
    'portfolio.sortBy': 'Sort by',
    'portfolio.masked': 'fewer than {n} people',
    'portfolio.noneToDivide': 'nothing to count',
    'portfolio.costNote': '{total} for {completed, plural, one {# completion} other {# completions}}',
    'portfolio.costNobody': '{total}, no completion',
    'portfolio.costNone': 'Not given',
    'portfolio.hours': '{done} of {planned}',

    'portfolio.trend': 'Trend, by quarter of the start',
    'portfolio.trendNote':
      'Closed cohorts only: all have reached the age at which nothing changes any more. A difference whose interval holds zero may be chance.',
    'portfolio.trendNone': 'No closed cohort yet.',
    'portfolio.trendQuarter': 'Quarter',
    'portfolio.trendOpen': '{n, plural, one {# still under way} other {# still under way}}',
    'portfolio.againstBefore': 'Completion, against the quarter before',
    'portfolio.againstYear': 'Completion, against a year before',
    'portfolio.points': '{value} points ({low} to {high})',
    'portfolio.unclear': 'may be chance',
    'portfolio.noComparison': 'no comparison',

    'portfolio.how': 'How to read these figures',
    'portfolio.how.enrolments': 'Enrolments are counted: a person enrolled in two cohorts counts twice.',
    'portfolio.how.pooled':
      'A pooled rate adds up the numerators and the denominators of cohorts; rates are never averaged.',
    'portfolio.how.states':
      'Closed cohorts and cohorts under way are never added up, nor are amounts of different currencies.',
    'portfolio.how.masked':
      'A group of fewer than {n} people is shown nowhere, not even in totals: else a subtraction would tell.',
    'portfolio.define.reach': 'Enrolments of the cohorts, leaving out people who are excluded.',
    'portfolio.define.realisation':
      'Planned minutes of the required steps done, of the planned minutes, all enrolments together.',
    'portfolio.define.cost':
      'Total cost of the cohorts that give theirs, divided by the completions of these same cohorts.',

    'message.noPortfolio.title': 'The portfolio is not open to you',
    'message.noPortfolio.text':
      'It is for digital learning managers and people who were given this right. Send them the identifier below if you need it.',
  },
} as const;
