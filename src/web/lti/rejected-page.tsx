import type { RejectedPageView } from '../../../lti/pages.ts';
import { ltiDocument, wordOf } from './document.tsx';
import { WaysOut } from './ways-out.tsx';

/** What happened, what to do, and the reference under which the log has the reason. */
export function rejectedPage(view: RejectedPageView): string {
  const { locale, kind, ways, resume } = view;
  return ltiDocument({
    locale,
    title: wordOf(locale, `${kind}.title`),
    ...(resume === null ? {} : { script: 'lti-session.js' }),
    children: (
      <>
        {resume !== null && <data id="session" value={resume} data-failed={wordOf(locale, 'carry.failed')} />}
        <h2>{wordOf(locale, 'refused.what')}</h2>
        <p>{wordOf(locale, `${kind}.what`)}</p>
        <h2>{wordOf(locale, 'refused.do')}</h2>
        <p>{wordOf(locale, `${kind}.do`)}</p>
        <WaysOut ways={ways} locale={locale} />
        <p>
          <small>{wordOf(locale, 'refused.reference').replace('{reference}', view.reference)}</small>
        </p>
      </>
    ),
  });
}
