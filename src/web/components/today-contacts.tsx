import type { ContactOutcome } from '../../progress/contact-outcome.ts';
import { todayHref } from '../today-query.ts';
import type { TodayView } from '../today-view.ts';

const OUTCOMES: readonly ContactOutcome['kind'][] = ['back', 'completed', 'nothing', 'left'];

/** How many people were contacted lately, and what came of it. */
export function TodayContacts({ view }: { view: TodayView }) {
  const { texts, contacts, path, query } = view;
  const { t } = texts;
  const total = OUTCOMES.reduce((sum, kind) => sum + contacts[kind], 0);
  const cleared = { page: undefined, reason: undefined, state: undefined, unit: undefined, q: undefined };
  return (
    <section class="card" aria-labelledby="contacts">
      <h2 id="contacts">{t('contacts.title')}</h2>
      <p>{t('contacts.lead', { n: total })}</p>
      {total > 0 && (
        <>
          <ul class="outcomes">
            {OUTCOMES.filter((kind) => contacts[kind] > 0).map((kind) => (
              <li key={kind}>{t(`contacts.${kind}`, { n: contacts[kind] })}</li>
            ))}
          </ul>
          <p>
            <a href={`${todayHref(path, query, { ...cleared, contact: 'recent' })}#list`}>
              {t('contacts.show')}
            </a>
          </p>
        </>
      )}
    </section>
  );
}
