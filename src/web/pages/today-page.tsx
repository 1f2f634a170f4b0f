import { TodayContacts } from '../components/today-contacts.tsx';
import { TodayList } from '../components/today-list.tsx';
import { TodaySessions } from '../components/today-sessions-list.tsx';
import { TodayWeek } from '../components/today-week.tsx';
import { renderDocument } from '../layout.tsx';
import { cohortPath } from '../paths.ts';
import { todayHref } from '../today-query.ts';
import type { TodayView } from '../today-view.ts';

/** How many are at risk, how many of them nobody was in touch with, how many are dropped. */
function Lead({ view }: { view: TodayView }) {
  const { texts, counts, final } = view;
  const { t } = texts;
  if (final || counts.enrolled === 0) return null;
  return (
    <p class="lead">
      {t('today.lead', { atRisk: counts.atRisk, open: counts.open })}
      {counts.atRisk > 0 && ` ${t('today.waiting', { n: counts.waiting })}`}
      {counts.dropped > 0 && ` ${t('today.dropped', { n: counts.dropped })}`}
    </p>
  );
}

/** The parts of the page: on a phone the list is long. */
function Contents({ texts }: TodayView) {
  const { t } = texts;
  const parts = [
    ['list', t('today.list')],
    ['week', t('week.title')],
    ['contacts', t('contacts.title')],
  ] as const;
  return (
    <nav class="contents" aria-label={t('page.contents')}>
      <ul>
        {parts.map(([id, words]) => (
          <li key={id}>
            <a href={`#${id}`}>{words}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Whom to see today: for the learning community manager, as an HTML document. */
export function todayPage(view: TodayView): string {
  const { texts, definition, path, query, launchId } = view;
  const { t } = texts;
  return renderDocument({
    texts,
    title: t('today.title'),
    facts: (
      <p>
        <a href={`${cohortPath(launchId, definition.id)}?lang=${texts.locale}`}>
          {texts.pick(definition.title)}
        </a>
      </p>
    ),
    role: view.role,
    asOf: { instant: view.asOf, zone: definition.timezone, final: view.final },
    versions: { definition: 1, cohort: view.cohortVersion },
    languageHref: (lang) => todayHref(path, query, { lang }),
    session: view,
    platformOrigin: view.platformOrigin,
    stylesheets: ['/app/assets/today.css'],
    children: (
      <>
        {view.told !== null && (
          <p class="notice" role="status">
            {t('contact.saved')}
          </p>
        )}
        {query.ignored.length > 0 && (
          <p class="notice" role="status">
            {t('frame.noticeIgnored', { names: texts.list(query.ignored) })}
          </p>
        )}
        <Lead view={view} />
        <Contents {...view} />
        <TodaySessions view={view} />
        <TodayList view={view} />
        <div class="columns">
          <TodayWeek view={view} />
          <TodayContacts view={view} />
        </div>
      </>
    ),
  });
}
