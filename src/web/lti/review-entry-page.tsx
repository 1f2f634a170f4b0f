import type { ReviewEntryView } from '../../../lti/registration/pages.ts';
import { ltiDocument } from './document.tsx';
import { registrationWords } from './registration-word.ts';

/** Where a review code is typed. */
export function reviewEntryPage({ locale, action, problem }: ReviewEntryView): string {
  const t = registrationWords(locale);
  return ltiDocument({
    locale,
    title: t('review.title'),
    children: (
      <>
        <p>{t('review.entry')}</p>
        <pre>
          <code>assidu platform review --org default</code>
        </pre>
        <form class="flow" method="post" action={action}>
          <div class="field">
            <label for="code">{t('review.code')}</label>
            <input
              id="code"
              name="code"
              required
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              aria-describedby={problem === null ? 'code-help' : 'code-problem code-help'}
              aria-invalid={problem !== null}
            />
            {problem !== null && (
              <p id="code-problem" class="problem" role="alert">
                {t(`review.problem.${problem}`)}
              </p>
            )}
            <p id="code-help">
              <small>{t('review.codeHelp')}</small>
            </p>
          </div>
          <p>
            <button type="submit">{t('review.open')}</button>
          </p>
        </form>
      </>
    ),
  });
}
