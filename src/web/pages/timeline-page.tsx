import { ContactFaults, ContactForm } from '../components/contact-form.tsx';
import { StateChip } from '../components/state-chip.tsx';
import { TimelineHappening } from '../components/timeline-happening.tsx';
import { renderDocument } from '../layout.tsx';
import { cohortPath, learnerPath, todayPath } from '../paths.ts';
import { pseudonymCode } from '../pseudonym.ts';
import type { TimelineQuery, TimelineView } from '../timeline-view.ts';

/** Of the fields of the one form on this page. */
const PLACE = 'timeline';

function hrefOf({ path, texts, query }: TimelineView, change: Partial<TimelineQuery>): string {
  const { oldestFirst, page } = { ...query, ...change };
  const pairs = new URLSearchParams({ lang: texts.locale });
  if (oldestFirst) pairs.set('order', 'oldest');
  if (page > 1) pairs.set('page', String(page));
  return `${path}?${pairs}`;
}

function Told({ view }: { view: TimelineView }) {
  const { texts, told, refused } = view;
  if (refused !== null) return <ContactFaults faults={refused.faults} place={PLACE} texts={texts} />;
  if (told === null) return null;
  return (
    <p class="notice" role="status">
      {texts.t(`contact.${told}`)}
    </p>
  );
}

function Days({ view }: { view: TimelineView }) {
  const { texts, definition, days, totalDays } = view;
  const { t } = texts;
  if (totalDays === 0)
    return (
      <div class="empty">
        <p>
          <strong>{t('timeline.emptyTitle')}</strong>
        </p>
        <p>{t('timeline.empty')}</p>
      </div>
    );
  const weekday = new Intl.DateTimeFormat(texts.locale, { weekday: 'long', timeZone: 'UTC' });
  return (
    <ol class="timeline">
      {days.map(({ date, happenings }) => (
        <li key={date}>
          <h3>
            <time dateTime={date}>
              {weekday.format(Date.parse(date))} {texts.date(date, definition.timezone, 'long')}
            </time>
          </h3>
          <ul class="happenings">
            {happenings.map((happening) => (
              <TimelineHappening
                key={`${happening.kind} ${happening.at} ${happening.sources[0]}`}
                happening={happening}
                view={view}
              />
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

function Pages({ view }: { view: TimelineView }) {
  const { texts, query, totalDays, pageSize } = view;
  const { t } = texts;
  if (totalDays <= pageSize) return null;
  const from = (query.page - 1) * pageSize + 1;
  const to = Math.min(query.page * pageSize, totalDays);
  return (
    <nav class="pager" aria-label={t('timeline.pages')}>
      {query.page > 1 && (
        <a rel="prev" href={`${hrefOf(view, { page: query.page - 1 })}#timeline`}>
          {t('timeline.earlier')}
        </a>
      )}
      <span>{t('timeline.days', { from, to, total: totalDays })}</span>
      {to < totalDays && (
        <a rel="next" href={`${hrefOf(view, { page: query.page + 1 })}#timeline`}>
          {t('timeline.later')}
        </a>
      )}
    </nav>
  );
}

/** What happened with one learner, for staff, as an HTML document. */
export function timelinePage(view: TimelineView): string {
  const { texts, definition, launchId, learnerId, query, refused } = view;
  const { t } = texts;
  const lang = `lang=${texts.locale}`;
  const name = view.name ?? t('learners.pseudonym', { code: pseudonymCode(view.enrolmentId) });
  return renderDocument({
    texts,
    title: name,
    facts: (
      <ul class="facts">
        <li>
          <a href={`${todayPath(launchId, definition.id)}?${lang}`}>{t('timeline.today')}</a>
        </li>
        <li>
          <a href={`${cohortPath(launchId, definition.id)}?${lang}`}>{texts.pick(definition.title)}</a>
        </li>
        <li>
          <a href={`${learnerPath(launchId, definition.id, learnerId)}?${lang}`}>{t('timeline.pathShort')}</a>
        </li>
      </ul>
    ),
    role: view.role,
    asOf: { instant: view.asOf, zone: definition.timezone, final: view.final },
    versions: { definition: 1, cohort: view.cohortVersion },
    languageHref: (lang) => hrefOf({ ...view, texts: { ...texts, locale: lang } }, {}),
    session: view,
    platformOrigin: view.platformOrigin,
    stylesheets: ['/app/assets/today.css'],
    narrow: true,
    children: (
      <>
        <Told view={view} />
        <p class="lead timeline-state">
          <StateChip state={view.state} texts={texts} />
          {view.progress !== null && (
            <span class="num">
              {t('about.progress')} {texts.wholePercent(view.progress)}
            </span>
          )}
        </p>
        <details class="card contact-add" open={refused !== null}>
          <summary>{t('contact.add')}</summary>
          <ContactForm
            view={view}
            learnerId={learnerId}
            place={PLACE}
            back={null}
            typed={refused?.typed}
            faults={refused?.faults}
          />
        </details>
        <section class="card" aria-labelledby="timeline">
          <div class="section-head">
            <h2 id="timeline">{t('timeline.title')}</h2>
            <a href={`${hrefOf(view, { oldestFirst: !query.oldestFirst, page: 1 })}#timeline`}>
              {t(query.oldestFirst ? 'timeline.newest' : 'timeline.oldest')}
            </a>
          </div>
          <p class="quiet">{t('timeline.hint', { zone: definition.timezone })}</p>
          <Days view={view} />
          <Pages view={view} />
        </section>
      </>
    ),
  });
}
