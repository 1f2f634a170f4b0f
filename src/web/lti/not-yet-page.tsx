import type { NotYetPageView } from '../../../lti/pages.ts';
import { ltiDocument, wordOf } from './document.tsx';

/** Says what this version does not do yet, and what to do instead. */
export function notYetPage({ locale, feature }: NotYetPageView): string {
  return ltiDocument({
    locale,
    title: wordOf(locale, 'later.title'),
    children: <p>{wordOf(locale, `later.${feature}`)}</p>,
  });
}
