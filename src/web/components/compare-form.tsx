import type { CompareChoice, CompareView } from '../compare-view.ts';

function Choices({
  legend,
  choices,
  view,
}: {
  legend: string;
  choices: readonly CompareChoice[];
  view: CompareView;
}) {
  const { texts } = view;
  if (choices.length === 0) return null;
  return (
    <fieldset class="compare-choices">
      <legend>{legend}</legend>
      <ul>
        {choices.map(({ id, title, startsOn, checked }) => (
          <li key={id}>
            <label class="choice">
              <input type="checkbox" name="with" value={id} checked={checked} />
              <span>
                {title}
                <span class="note">{texts.t('compare.began', { date: texts.date(startsOn, 'UTC') })}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

/** Chooses what to lay beside the cohort, and the age; a GET form. */
export function CompareForm({ view }: { view: CompareView }) {
  const { texts, path, query, choices, comparison, cohort } = view;
  const { t } = texts;
  const { programme, same, others, unlisted } = choices;
  const none = same.length === 0 && others.length === 0;
  return (
    <form class="card" method="get" action={path} aria-labelledby="choose">
      <input type="hidden" name="lang" value={texts.locale} />
      <h2 id="choose">{t('compare.choose', { title: texts.pick(cohort.definition.title) })}</h2>
      {none && <p class="empty">{t('compare.notFound')}</p>}
      {programme !== null && <Choices legend={t('compare.same', { programme })} choices={same} view={view} />}
      <Choices legend={t('compare.others')} choices={others} view={view} />
      {unlisted > 0 && <p class="note">{t('compare.unlisted', { n: unlisted })}</p>}
      <p class="note">{t('compare.most')}</p>
      <div class="filter compare-fields">
        <div class="field">
          <label for="compare-day">{t('compare.day')}</label>
          <input
            id="compare-day"
            name="day"
            type="number"
            min="0"
            max="36500"
            value={query.day ?? ''}
            placeholder={comparison === null ? undefined : String(comparison.day)}
            aria-describedby="compare-day-hint"
          />
          <span class="note" id="compare-day-hint">
            {t('compare.dayHint')}
          </span>
        </div>
        <div class="field">
          <label for="compare-find">{t('compare.find')}</label>
          <input id="compare-find" name="find" type="search" maxLength={200} value={query.find ?? ''} />
        </div>
        <div class="actions">
          <button type="submit">{t('compare.submit')}</button>
        </div>
      </div>
    </form>
  );
}
