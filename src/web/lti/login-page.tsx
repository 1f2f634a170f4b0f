import type { LoginPageView } from '../../../lti/pages.ts';
import { ltiDocument, wordOf } from './document.tsx';

/** The page between the platform's login request and its authorisation endpoint. */
export function loginPage(view: LoginPageView): string {
  const { locale } = view;
  return ltiDocument({
    locale,
    title: wordOf(locale, 'login.title'),
    script: 'lti-login.js',
    children: (
      <>
        <p>{wordOf(locale, 'login.text')}</p>
        <form id="continue" method="get" action={view.action} data-state={view.state} data-bind={view.bind}>
          {view.fields.map(({ name, value }) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <button class="button" type="submit">
            {wordOf(locale, 'login.continue')}
          </button>
        </form>
        <section id="blocked" hidden>
          <h2>{wordOf(locale, 'login.blockedTitle')}</h2>
          <p>{wordOf(locale, 'login.blockedText')}</p>
          <p>
            <a class="button" href={view.newWindowUrl} target="_blank" rel="noopener">
              {wordOf(locale, 'login.newWindow')}
            </a>
          </p>
        </section>
      </>
    ),
  });
}
