import type { PageLocale, WayOut } from '../../../lti/pages.ts';
import { wordOf } from './document.tsx';

/** A button for each way to go on in a window of its own. */
export function WaysOut({ ways, locale }: { readonly ways: readonly WayOut[]; readonly locale: PageLocale }) {
  return (
    <>
      {ways.map(({ kind, url }) => (
        <p key={kind}>
          <a class="button" href={url} target="_blank" rel="noopener noreferrer">
            {wordOf(locale, `refused.${kind}`)}
          </a>
        </p>
      ))}
    </>
  );
}
