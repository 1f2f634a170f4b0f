import { type AttendanceView, RegisterSheet, sessionWords } from '../components/register-sheet.tsx';
import { renderDocument } from '../layout.tsx';
import { cohortPath } from '../paths.ts';

function Sessions({ view }: { view: AttendanceView }) {
  const { texts, sheet } = view;
  return (
    <ul class="plain-list">
      {sheet.sessions.map((session) => (
        <li key={session.number}>
          {sessionWords(session, view)}
          {session.unit.cancelled && <span class="note">{texts.t('attendance.cancelled')}</span>}
          {!session.unit.cancelled && !session.ended && (
            <span class="note">{texts.t('attendance.upcoming')}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Pages({ view }: { view: AttendanceView }) {
  const { texts, sheet, path } = view;
  if (sheet.pages === 1) return null;
  const href = (page: number) => `${path}?lang=${texts.locale}&page=${page}`;
  return (
    <nav class="pager" aria-label={texts.t('attendance.pages')}>
      {sheet.page > 1 && <a href={href(sheet.page - 1)}>{texts.t('attendance.previous')}</a>}{' '}
      <span>{texts.t('attendance.page', { page: sheet.page, pages: sheet.pages })}</span>{' '}
      {sheet.page < sheet.pages && <a href={href(sheet.page + 1)}>{texts.t('attendance.next')}</a>}
    </nav>
  );
}

function Told({ view }: { view: AttendanceView }) {
  const { texts, faults, saved } = view;
  if (faults.size > 0)
    return (
      <p class="fault" role="alert">
        {texts.t('attendance.faults', { count: faults.size })}
      </p>
    );
  if (saved === null) return null;
  return (
    <p class="notice" role="status">
      {texts.t('attendance.saved', { count: saved })}
    </p>
  );
}

/** The register of a day's sessions, as an HTML document. */
export function attendancePage(view: AttendanceView): string {
  const { texts, definition, sheet } = view;
  const { t } = texts;
  const [first] = sheet.sessions;
  const day = first === undefined ? '' : new Date(first.slot.from).toISOString();
  return renderDocument({
    texts,
    title: t('attendance.day', {
      n: sheet.sessions.length,
      date: texts.date(day, definition.timezone, 'long'),
    }),
    facts: (
      <p>
        <a href={`${cohortPath(view.launchId, definition.id)}?lang=${texts.locale}`}>
          {texts.pick(definition.title)}
        </a>
      </p>
    ),
    role: view.role,
    versions: { definition: 1, cohort: view.cohortVersion },
    languageHref: (lang) => `${view.path}?lang=${lang}&page=${sheet.page}`,
    session: view,
    platformOrigin: view.platformOrigin,
    narrow: true,
    islands: ['/app/assets/register.js'],
    stylesheets: ['/app/assets/register.css'],
    children: (
      <>
        <p class="eyebrow">{t('attendance.title')}</p>
        <Sessions view={view} />
        <Told view={view} />
        {sheet.learners.length === 0 ? (
          <p class="empty">{t('attendance.nobody')}</p>
        ) : (
          <RegisterSheet view={view} />
        )}
        <Pages view={view} />
      </>
    ),
  });
}
