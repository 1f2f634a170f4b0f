import type { MessageKey, Texts } from '../intl.ts';
import { renderDocument } from '../layout.tsx';
import { newCohortPath } from '../paths.ts';
import type { CohortChoice, Message, MessageView, PageRole } from '../views.ts';

interface Words {
  readonly title: MessageKey;
  readonly text: MessageKey;
}

/** Where a person may be told by what id a right is given to them. */
const MAY_BE_GRANTED: ReadonlySet<Message['kind']> = new Set([
  'noCohort',
  'noMentee',
  'noPortfolio',
  'forbidden',
]);

/** What the launch's own address says. */
const AT_THE_COURSE: ReadonlySet<Message['kind']> = new Set(['noCohort', 'noMentee', 'choose', 'mentees']);

function wordsOf(message: Message, role: PageRole | undefined): Words {
  switch (message.kind) {
    case 'noCohort': {
      const who = role === 'staff' || role === 'dlm' ? 'staff' : 'learner';
      return { title: `message.noCohort.${who}.title`, text: `message.noCohort.${who}.text` };
    }
    default:
      return { title: `message.${message.kind}.title`, text: `message.${message.kind}.text` };
  }
}

function Choices({ cohorts, texts }: { cohorts: readonly CohortChoice[]; texts: Texts }) {
  // A cohort's dates are dates alone: no zone touches them.
  const date = (value: string) => texts.date(value, 'UTC', 'long');
  return (
    <ul class="choices">
      {cohorts.map(({ href, title, startsOn, endsOn }) => (
        <li key={href}>
          <a href={href}>{title}</a>
          <span class="note">
            {endsOn === undefined
              ? texts.t('cohort.from', { from: date(startsOn) })
              : texts.t('cohort.period', { from: date(startsOn), to: date(endsOn) })}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A page that says one thing and what to do about it, as an HTML document. */
export function messagePage({ texts, message, role, session, identifier }: MessageView): string {
  const { t } = texts;
  const { title, text } = wordsOf(message, role);
  return renderDocument({
    texts,
    title: t(title),
    role,
    languageHref: (lang) => `${session?.path ?? ''}?lang=${lang}`,
    // What is told in place of another page is none of those that the navigation leads to.
    session: session && { ...session, path: AT_THE_COURSE.has(message.kind) ? session.path : '' },
    narrow: true,
    children: (
      <section class="message">
        <p class="lead">{t(text)}</p>
        {message.kind === 'noCohort' && (role === 'staff' || role === 'dlm') && (
          <>
            {role === 'dlm' && session !== undefined && (
              <p>
                <a class="button" href={`${newCohortPath(session.launchId)}?lang=${texts.locale}`}>
                  {t('draft.fromHere')}
                </a>
              </p>
            )}
            <p>{t('message.noCohort.staff.how')}</p>
            <pre>
              <code>assidu cohort apply cohorte.yaml</code>
            </pre>
          </>
        )}
        {(message.kind === 'choose' || message.kind === 'mentees') && (
          <Choices cohorts={message.cohorts} texts={texts} />
        )}
        {identifier && MAY_BE_GRANTED.has(message.kind) && (
          <p class="note">
            {t('message.identifier')} <code>{`${identifier.platform} ${identifier.sub}`}</code>
          </p>
        )}
        {message.kind === 'error' && (
          <p>
            {t('message.reference')} <code class="reference">{message.reference}</code>
          </p>
        )}
      </section>
    ),
  });
}
