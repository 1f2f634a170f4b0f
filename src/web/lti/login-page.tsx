import type { LoginPageView } from '../../../lti/pages.ts';
import { ltiDocument, wordOf } from './document.tsx';
import { storageData } from './storage-data.ts';

/** The page between the platform's login request and its authorisation endpoint. */
export function loginPage(view: LoginPageView): string {
  const { locale } = view;
  const newWindow = (
    <p>
      <a class="button" href={view.newWindowUrl} target="_blank" rel="noopener">
        {wordOf(locale, 'login.newWindow')}
      </a>
    </p>
  );
  return ltiDocument({
    locale,
    title: wordOf(locale, 'login.title'),
    script: 'lti-login.js',
    children: (
      <>
        <form
          id="continue"
          method="get"
          action={view.action}
          data-state={view.state}
          data-bind={view.bind}
          {...storageData(view)}
        >
          <p>{wordOf(locale, 'login.text')}</p>
          {view.fields.map(({ name, value }) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <button class="button" type="submit">
            {wordOf(locale, 'login.continue')}
          </button>
        </form>
        <noscript>
          <p>{wordOf(locale, 'login.noScript')}</p>
          {newWindow}
        </noscript>
        <section id="blocked" hidden>
          <h2>{wordOf(locale, 'login.blockedTitle')}</h2>
          <p>{wordOf(locale, 'login.blockedText')}</p>
          {newWindow}
        </section>
        <section id="refused" hidden>
          <h2>{wordOf(locale, 'login.refusedTitle')}</h2>
          <p>{wordOf(locale, 'login.refusedText')}</p>
        </section>
      </>
    ),
  });
}
