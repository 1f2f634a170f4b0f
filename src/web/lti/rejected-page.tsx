import type { RejectedPageView } from '../../../lti/pages.ts';
import { ltiDocument, wordOf } from './document.tsx';

/** What happened, what to do, and the reference under which the log has the reason. */
export function rejectedPage(view: RejectedPageView): string {
  const { locale, kind, openUrl } = view;
  return ltiDocument({
    locale,
    title: wordOf(locale, `${kind}.title`),
    children: (
      <>
        <h2>{wordOf(locale, 'refused.what')}</h2>
        <p>{wordOf(locale, `${kind}.what`)}</p>
        <h2>{wordOf(locale, 'refused.do')}</h2>
        <p>{wordOf(locale, `${kind}.do`)}</p>
        {openUrl !== null && (
          <p>
            <a class="button" href={openUrl} target="_blank" rel="noopener noreferrer">
              {wordOf(locale, 'refused.openCourse')}
            </a>
          </p>
        )}
        <p>
          <small>{wordOf(locale, 'refused.reference').replace('{reference}', view.reference)}</small>
        </p>
      </>
    ),
  });
}
