import type { ProofPageView } from '../../../lti/pages.ts';
import { ltiDocument, wordOf } from './document.tsx';
import { storageData } from './storage-data.ts';
import { WaysOut } from './ways-out.tsx';

/** The page that brings the browser's proof when no cookie came with the launch. */
export function proofPage(view: ProofPageView): string {
  const { locale } = view;
  return ltiDocument({
    locale,
    title: wordOf(locale, 'proof.title'),
    script: 'lti-proof.js',
    children: (
      <>
        <p>{wordOf(locale, 'proof.text')}</p>
        <form id="proof" method="post" action={view.action} {...storageData(view)}>
          <input type="hidden" name="state" value={view.state} />
          <input type="hidden" name="bind" value="" />
          <input type="hidden" name="launch" value={view.sealedLaunch} />
        </form>
        <noscript>
          <p>{wordOf(locale, 'proof.noScript')}</p>
          <WaysOut ways={view.ways} locale={locale} />
        </noscript>
      </>
    ),
  });
}
