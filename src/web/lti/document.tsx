import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { PageLocale } from '../../../lti/pages.ts';
import { ltiMessages } from '../messages/lti.ts';

/** A key of the messages of these pages. */
export type LtiMessage = keyof (typeof ltiMessages)['fr'];

/** The text of a message in this language. */
export function wordOf(locale: PageLocale, key: LtiMessage): string {
  return ltiMessages[locale][key];
}

/** A complete HTML document of one card; `script` is the file name of its island. */
export function ltiDocument(page: {
  readonly locale: PageLocale;
  readonly title: string;
  readonly script?: string;
  readonly children: ComponentChildren;
}): string {
  const { locale, title, script, children } = page;
  const html = (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · ${wordOf(locale, 'product.name')}`}</title>
        <link rel="stylesheet" href="/app/assets/assidu.css" />
        {script !== undefined && <script type="module" src={`/app/assets/${script}`} />}
      </head>
      <body>
        <main class="card">
          <h1>{title}</h1>
          {children}
        </main>
      </body>
    </html>
  );
  return `<!doctype html>${renderToString(html)}`;
}
