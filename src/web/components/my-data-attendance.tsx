import type { MyDataView } from '../my-data-view.ts';
import { recordedWords } from '../recorded-words.ts';
import { unitTitle } from '../unit-words.ts';

/** What people noted about the learner in this cohort, and who did. */
export function MyDataAttendance({ view }: { view: MyDataView }) {
  const { texts, definition, register, waivers } = view;
  const { t } = texts;
  const titleOf = (id: string) => {
    const unit = definition.units.find((each) => each.id === id);
    return unit === undefined ? id : unitTitle(definition, unit, texts);
  };
  const entries = [
    ...register.map(({ session, status, recorder, recordedAt }) => ({
      unit: session,
      words: t(`mydata.${status}`),
      recorder,
      recordedAt,
    })),
    ...waivers.map(({ unit, reason, recorder, recordedAt }) => ({
      unit,
      words: t('mydata.waived', { reason: reason ?? t('value.none') }),
      recorder,
      recordedAt,
    })),
  ].sort((a, b) => a.recordedAt - b.recordedAt);
  return (
    <section class="card" aria-labelledby="noted">
      <h2 id="noted">{t('mydata.attendance')}</h2>
      {entries.length === 0 ? (
        <p class="empty">{t('mydata.attendanceNone')}</p>
      ) : (
        <ul class="plain-list">
          {entries.map(({ unit, words, recorder, recordedAt }) => (
            <li key={`${unit} ${words}`}>
              {t('mydata.entry', { unit: titleOf(unit), status: words })}{' '}
              <span class="note">{recordedWords(recorder, recordedAt, definition.timezone, texts)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
