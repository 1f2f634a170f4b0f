import type { CarryPageView } from '../../../lti/pages.ts';
import { ltiDocument, wordOf } from './document.tsx';

/** The page that takes over the session's secret and goes on to the launch's page. */
export function carryPage(view: CarryPageView): string {
  const { locale } = view;
  return ltiDocument({
    locale,
    title: wordOf(locale, 'carry.title'),
    script: 'lti-session.js',
    children: (
      <>
        <p>{wordOf(locale, 'carry.text')}</p>
        <noscript>
          <p>{wordOf(locale, 'carry.noScript')}</p>
        </noscript>
        <data
          id="session"
          value={view.launch}
          data-secret={view.secret}
          data-location={view.location}
          data-failed={wordOf(locale, 'carry.failed')}
        />
      </>
    ),
  });
}
