/** Words of retention and outcomes on the cohort page (metrics.md "Retention"). */
export const retention = {
  fr: {
    'retention.title': 'Devenir et rétention',
    'retention.clock': 'Jours comptés',
    'clock.cohort': 'depuis le début de la cohorte',
    'clock.learner': 'depuis l’entrée de chacun',
    'retention.population': 'Personnes observées',
    'population.started': 'celles qui ont commencé',
    'population.enrolled': 'toutes les inscrites',
    'retention.submit': 'Afficher',
    'retention.observed':
      '{n, plural, one {# personne observée} other {# personnes observées}}, jusqu’au jour {horizon}.',
    'retention.before':
      '{n, plural, one {Une inscription, finie avant l’entrée, est laissée} other {# inscriptions, finies avant l’entrée, sont laissées}} de côté.',
    'retention.unknown':
      'Zone hachurée, après le jour {day} : un silence commencé là n’a pas pu durer assez pour compter comme décrochage.',
    'retention.open':
      'Après ce jour, on ne peut pas encore savoir qui abandonne : qui a terminé depuis compte déjà dans les taux, pas encore dans ces courbes.',
    'retention.nobody': 'Personne n’est encore observé.',
    'retention.valuesOn': 'Au jour {day}',
    'retention.none': 'Aucun abandon ni achèvement à montrer pour l’instant.',
    'retention.noDropout': 'Aucun abandon à montrer pour l’instant.',
    'retention.day': 'Jour',
    'retention.atRisk': 'Observés',
    'retention.events': 'Abandons',
    'retention.survival': 'Pas d’abandon',
    'retention.interval': 'IC 95 %',
    'retention.thin': 'effectif faible',
    'retention.table': 'Les chiffres, jour par jour',
    'retention.csv': 'Télécharger (CSV)',
    'retention.axis': 'jours',
    'retention.legend.line': 'Part sans abandon',
    'retention.legend.band': 'intervalle de confiance à 95 %',
    'retention.legend.thin': 'en tirets : moins de 10 personnes observées',
    'outcomes.heading': 'Ce qu’ils deviennent',
    'outcomes.completed': 'Terminé',
    'outcomes.stillIn': 'Toujours en parcours',
    'outcomes.dropped': 'Abandon',
    'outcomes.value': '{share} (IC 95 % : {interval})',
    'outcomes.desc':
      'Au jour {day} : terminé {completed}, toujours en parcours {stillIn}, abandon {dropped}. Les trois parts font 100 % chaque jour.',
    'survival.heading': 'Part sans abandon',
    'survival.desc': 'La part commence à 100 % et descend à {survival} au jour {day}.',
    'define.outcomes':
      'Part des personnes observées qui, à chaque jour, ont terminé, abandonné ou sont toujours en parcours (Aalen-Johansen : terminer met fin au risque d’abandon). Les entrées tardives sont prises en compte.',
    'define.survival':
      'Part qui n’a pas abandonné, chaque jour (Kaplan-Meier) ; qui a terminé reste compté comme présent. Décroché et retiré comptent comme abandon, un transfert non.',
    'define.differ':
      'Avec des entrées tardives, la part d’abandon des deux figures peut différer un peu : l’une cesse d’observer ceux qui ont terminé, l’autre non.',
  },
  en: {
    'retention.title': 'Outcomes and retention',
    'retention.clock': 'Days counted',
    'clock.cohort': 'since the cohort began',
    'clock.learner': 'since each learner’s entry',
    'retention.population': 'People observed',
    'population.started': 'those who started',
    'population.enrolled': 'everyone enrolled',
    'retention.submit': 'Show',
    'retention.observed':
      '{n, plural, one {# person observed} other {# people observed}}, up to day {horizon}.',
    'retention.before':
      '{n, plural, one {One enrolment, ended before entry, is left} other {# enrolments, ended before entry, are left}} aside.',
    'retention.unknown':
      'Hatched area, after day {day}: a silence that began there could not last long enough to count as dropping out.',
    'retention.open':
      'After that day it cannot be known yet who drops out: whoever has completed since counts in the rates already, not yet in these curves.',
    'retention.nobody': 'Nobody is observed yet.',
    'retention.valuesOn': 'On day {day}',
    'retention.none': 'No dropout or completion to show yet.',
    'retention.noDropout': 'No dropout to show yet.',
    'retention.day': 'Day',
    'retention.atRisk': 'Observed',
    'retention.events': 'Dropouts',
    'retention.survival': 'Not dropped out',
    'retention.interval': '95% CI',
    'retention.thin': 'few people',
    'retention.table': 'The figures, day by day',
    'retention.csv': 'Download (CSV)',
    'retention.axis': 'days',
    'retention.legend.line': 'Share not dropped out',
    'retention.legend.band': '95% confidence interval',
    'retention.legend.thin': 'dashed: fewer than 10 people observed',
    'outcomes.heading': 'What becomes of them',
    'outcomes.completed': 'Completed',
    'outcomes.stillIn': 'Still in',
    'outcomes.dropped': 'Dropout',
    'outcomes.value': '{share} (95% CI: {interval})',
    'outcomes.desc':
      'On day {day}: completed {completed}, still in {stillIn}, dropout {dropped}. The three shares add up to 100% on every day.',
    'survival.heading': 'Share not dropped out',
    'survival.desc': 'The share begins at 100% and falls to {survival} on day {day}.',
    'define.outcomes':
      'Of the people observed, the share who by each day have completed, dropped out or are still in (Aalen-Johansen: completing ends the risk of dropping out). Late entries are accounted for.',
    'define.survival':
      'The share who have not dropped out by each day (Kaplan-Meier); whoever completed still counts as staying. Dropped and withdrawn count as dropout, a transfer does not.',
    'define.differ':
      'With late entries the share of dropout may differ a little between the two figures: one stops observing those who completed, the other does not.',
  },
} as const;
