import type { CohortDefinition } from '../../../config/cohort-definition.ts';
import type { Texts } from '../intl.ts';
import { plusDays } from '../local-date.ts';
import { CompletionRule } from './completion-rule.tsx';

function ruleSentences(definition: CohortDefinition, texts: Texts): readonly string[] {
  const { t, days } = texts;
  const { timezone, startsOn, endsOn, graceDays, breaks, dropout } = definition;
  const date = (value: string) => texts.date(value, timezone, 'long');
  return [
    t('rule.day', { zone: timezone, date: date(startsOn) }),
    endsOn === undefined
      ? t('rule.noClosing')
      : t('rule.closing', { date: date(plusDays(endsOn, graceDays)), grace: days(graceDays) }),
    t('rule.silence'),
    ...(breaks.length === 0
      ? []
      : [
          t('rule.breaks', {
            list: texts.list(
              breaks.map(({ from, to }) => t('rule.break', { from: date(from), to: date(to) })),
            ),
          }),
        ]),
    t('rule.warn', { warn: days(dropout.warnAfterDays), alert: days(dropout.alertAfterDays) }),
    dropout.dropAfterDays === null
      ? t('define.droppedNever')
      : t('rule.drop', { drop: days(dropout.dropAfterDays) }),
    t('rule.start', { days: days(dropout.startWithinDays) }),
    t('rule.overdue'),
    t('rule.session'),
  ];
}

/** The rules behind the figures, with this cohort's own thresholds. */
export function CohortRules({ definition, texts }: { definition: CohortDefinition; texts: Texts }) {
  return (
    <section class="card" aria-labelledby="rules">
      <h2 id="rules">{texts.t('rule.title')}</h2>
      <div class="columns">
        <div>
          <h3>{texts.t('complete.title')}</h3>
          <CompletionRule definition={definition} texts={texts} />
        </div>
        <div>
          <h3>{texts.t('rule.days')}</h3>
          <ul class="plain-list">
            {ruleSentences(definition, texts).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </div>
      </div>
    </section>
  );
}
