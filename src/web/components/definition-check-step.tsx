import type { DefinitionView } from '../definition-view.ts';
import { changeWords } from '../definition-words.ts';
import { completionSentences } from './completion-rule.tsx';
import { EffectSection } from './definition-effect.tsx';

function Changes({ view }: { view: DefinitionView }) {
  const { texts, changes, draft, saved } = view;
  const { t } = texts;
  if (draft === null || saved === null) return null;
  return (
    <section class="card" aria-labelledby="changes">
      <h2 id="changes">{t('draft.changes')}</h2>
      {changes.length === 0 ? (
        <p class="empty">{t('draft.changesNone', { version: saved.version })}</p>
      ) : (
        <ul class="plain-list">
          {changes.map((change) => {
            const words = changeWords(change, draft, texts);
            return <li key={words}>{words}</li>;
          })}
        </ul>
      )}
    </section>
  );
}

function Summary({ view }: { view: DefinitionView }) {
  const { texts, draft, saved } = view;
  const { t } = texts;
  if (draft === null || saved !== null) return null;
  const { timezone, startsOn, endsOn, units } = draft;
  const date = (value: string) => texts.date(value, timezone, 'long');
  const sentences = [
    endsOn === undefined
      ? t('cohort.from', { from: date(startsOn) })
      : t('cohort.period', { from: date(startsOn), to: date(endsOn) }),
    t('draft.summaryUnits', {
      n: units.length,
      sessions: units.filter(({ satisfiedBy }) => satisfiedBy === 'Attended').length,
    }),
    ...completionSentences(draft, texts),
  ];
  return (
    <section class="card" aria-labelledby="summary">
      <h2 id="summary">{t('draft.summary')}</h2>
      <p class="lead">{texts.pick(draft.title)}</p>
      <ul class="plain-list">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}

/** The last part of the form: what would be saved, and what it changes. */
export function CheckStep({ view }: { view: DefinitionView }) {
  return (
    <>
      <Summary view={view} />
      <Changes view={view} />
      <EffectSection view={view} update={false} />
    </>
  );
}
