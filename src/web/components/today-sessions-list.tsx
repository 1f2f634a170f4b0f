import { sessionPath } from '../paths.ts';
import type { TodaySession } from '../today-sessions.ts';
import type { TodayView } from '../today-view.ts';
import { unitTitle } from '../unit-words.ts';

function Session({ session, view }: { session: TodaySession; view: TodayView }) {
  const { texts, definition, launchId } = view;
  const { t } = texts;
  const zone = definition.timezone;
  const time = (instant: number) =>
    new Intl.DateTimeFormat(texts.locale, { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(
      instant,
    );
  const title = unitTitle(definition, session.unit, texts);
  const { from, to } = session.slot;
  const { noted, enrolled, today, unkept } = session;
  const date = texts.date(new Date(from).toISOString(), zone, 'long');
  return (
    <li class={unkept ? 'today-session unkept' : 'today-session'}>
      <div>
        <p>
          <strong>{title}</strong> · {time(from)}–{time(to)}
        </p>
        <p class="note">
          {!unkept && t('today.noted', { noted, enrolled })}
          {unkept && (today ? t('today.unkeptToday') : t('today.unkept', { date }))}
        </p>
      </div>
      <a
        class="button"
        href={`${sessionPath(launchId, definition.id, session.number)}?lang=${texts.locale}`}
        aria-label={t('today.registerOf', { unit: title })}
      >
        {t('today.register')}
      </a>
    </li>
  );
}

/** Today's sessions, and those of the last days whose register nobody kept; nothing where there is none. */
export function TodaySessions({ view }: { view: TodayView }) {
  if (view.sessions.length === 0) return null;
  return (
    <section class="card" aria-labelledby="sessions">
      <h2 id="sessions">{view.texts.t('today.sessions')}</h2>
      <ul class="today-sessions">
        {view.sessions.map((session) => (
          <Session key={session.number} session={session} view={view} />
        ))}
      </ul>
    </section>
  );
}
