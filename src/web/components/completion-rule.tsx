import type { CohortDefinition } from '../../../config/cohort-definition.ts';
import type { Texts } from '../intl.ts';
import { unitTitle } from '../unit-words.ts';

/** metrics.md "A learner is completed", with this cohort's own conditions, in words. */
export function completionSentences(definition: CohortDefinition, texts: Texts): readonly string[] {
  const { t, wholePercent } = texts;
  const { require, minAttendance, mustSatisfy, acceptCourseCompletion } = definition.completion;
  if (!definition.units.some((unit) => unit.required)) return [t('complete.onlyCourse')];
  const must = definition.units.filter((unit) => mustSatisfy.includes(unit.id));
  return [
    require === 'all' ? t('complete.all') : t('complete.weight', { share: wholePercent(require.weight) }),
    ...(must.length === 0
      ? []
      : [t('complete.must', { list: texts.list(must.map((unit) => unitTitle(definition, unit, texts))) })]),
    ...(minAttendance === undefined
      ? []
      : [t('complete.attendance', { share: wholePercent(minAttendance) })]),
    ...(acceptCourseCompletion ? [t('complete.course')] : []),
  ];
}

export function CompletionRule({ definition, texts }: { definition: CohortDefinition; texts: Texts }) {
  return (
    <ul class="plain-list">
      {completionSentences(definition, texts).map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
