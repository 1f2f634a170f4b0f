import { ownAttendance, type SessionPart } from '../learner-standing.ts';
import { sessionWords } from '../session-words.ts';
import { unitTitle } from '../unit-words.ts';
import type { LearnerView } from '../views.ts';

type Held = SessionPart & { readonly status: 'attended' | 'absent' | 'excused' };

function isHeld(part: SessionPart): part is Held {
  return part.status === 'attended' || part.status === 'absent' || part.status === 'excused';
}

/** The sessions held, what became of each, and the share that the rule asks about. */
export function OwnAttendance({ sessions, view }: { sessions: readonly SessionPart[]; view: LearnerView }) {
  const { texts, definition } = view;
  const { t, wholePercent } = texts;
  const held = sessions.filter(isHeld);
  if (held.length === 0) return null;
  const { attended, absent, excused, share } = ownAttendance(sessions);
  const { minAttendance } = definition.completion;
  return (
    <section class="card" aria-labelledby="attendance">
      <h2 id="attendance">{t('presence.title')}</h2>
      <p>
        {share === null
          ? t('presence.none')
          : t('presence.share', { attended, held: attended + absent, share: wholePercent(share) })}
        {excused > 0 && ` ${t('presence.excused', { n: excused })}`}
        {minAttendance !== undefined && ` ${t('presence.asked', { share: wholePercent(minAttendance) })}`}
      </p>
      <table class="stack presence">
        <thead>
          <tr>
            <th scope="col">{t('presence.session')}</th>
            <th scope="col">{t('presence.when')}</th>
            <th scope="col">{t('presence.status')}</th>
          </tr>
        </thead>
        <tbody>
          {held.map((part) => {
            const unit = definition.units.find(({ id }) => id === part.unit);
            if (unit === undefined) return null;
            return (
              <tr key={part.unit}>
                <th scope="row">{unitTitle(definition, unit, texts)}</th>
                <td data-label={t('presence.when')}>{sessionWords(unit, definition.timezone, texts)}</td>
                <td data-label={t('presence.status')}>
                  <span>
                    {t(part.status === 'excused' ? 'presence.excused.one' : `presence.${part.status}`)}
                    {part.status === 'attended' && part.minutes !== null && (
                      <span class="note">
                        {' '}
                        {t('presence.minutes', {
                          present: texts.minutes(part.minutes),
                          slot: texts.minutes(part.slotMinutes),
                        })}
                      </span>
                    )}
                    {!part.counted && <span class="note"> {t('presence.notCounted')}</span>}
                  </span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p class="note">{t('presence.wrong')}</p>
    </section>
  );
}
