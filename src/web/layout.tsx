import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { SiteNav } from './components/site-nav.tsx';
import type { Locale, Texts } from './intl.ts';
import { launchPath } from './paths.ts';
import type { PageFrame, PageRole } from './views.ts';

const OTHER_LANGUAGE: Readonly<Record<Locale, { readonly locale: Locale; readonly name: string }>> = {
  fr: { locale: 'en', name: 'English' },
  en: { locale: 'fr', name: 'Français' },
};

export interface LayoutProps {
  readonly texts: Texts;
  /** Of the browser's tab, and the page's one heading. */
  readonly title: string;
  /** Above the heading: in whose name the page is given. */
  readonly banner?: ComponentChildren;
  /** Beneath the heading: kind, dates, day. */
  readonly facts?: ComponentChildren;
  readonly role?: PageRole | undefined;
  /** The instant that the figures are of, its zone, and whether they are final. */
  readonly asOf?: { readonly instant: string; readonly zone: string; readonly final: boolean };
  readonly versions?: { readonly definition: number; readonly cohort: number } | undefined;
  /** The link of the language switch. */
  readonly languageHref: (locale: Locale) => string;
  /** Of a page with a form: the language switch sends it to be drawn again, so that nothing typed is lost. */
  readonly redraws?: RedrawnForm | undefined;
  readonly session?: Pick<PageFrame, 'launchId' | 'csrfToken' | 'path' | 'cohortId'> | undefined;
  readonly platformOrigin?: string | undefined;
  readonly islands?: readonly string[] | undefined;
  /** Of the page besides the common one, as paths. */
  readonly stylesheets?: readonly string[] | undefined;
  /** For pages of text rather than tables. */
  readonly narrow?: boolean;
  readonly children: ComponentChildren;
}

function AsOf({ texts, asOf }: { texts: Texts; asOf: NonNullable<LayoutProps['asOf']> }) {
  return (
    <p class="as-of">
      <span class={asOf.final ? 'tag tag-final' : 'tag'}>
        {texts.t(asOf.final ? 'frame.final' : 'frame.toDate')}
      </span>
      <time dateTime={asOf.instant}>
        {texts.t('frame.asOf', { date: texts.dateTime(asOf.instant, asOf.zone), zone: asOf.zone })}
      </time>
    </p>
  );
}

function Footer({ texts, versions, session }: Pick<LayoutProps, 'texts' | 'versions' | 'session'>) {
  if (versions === undefined && session === undefined) return null;
  return (
    <footer class="foot">
      {versions && <p>{texts.t('frame.versions', versions)}</p>}
      {session && (
        <form method="post" action={`${launchPath(session.launchId)}/close`}>
          <input type="hidden" name="_csrf" value={session.csrfToken} />
          <button class="button-quiet" type="submit">
            {texts.t('frame.close')}
          </button>
        </form>
      )}
    </footer>
  );
}

/** A form whose answer to `do=redraw` is itself as it was typed, in the language of the address, with nothing done. */
export interface RedrawnForm {
  readonly form: string;
  /** The `do` of what the Enter key presses: the first button of a form, wherever it stands. */
  readonly enter: string;
}

function LanguageSwitch({ texts, languageHref, redraws }: LayoutProps) {
  const { locale, name } = OTHER_LANGUAGE[texts.locale];
  return (
    <nav class="language" aria-label={texts.t('frame.language')}>
      {redraws === undefined ? (
        <a href={languageHref(locale)} lang={locale} hreflang={locale}>
          {name}
        </a>
      ) : (
        <>
          <button
            class="announced"
            type="submit"
            form={redraws.form}
            name="do"
            value={redraws.enter}
            tabIndex={-1}
            aria-hidden="true"
          >
            {texts.t('draft.update')}
          </button>
          <button
            class="as-link"
            type="submit"
            form={redraws.form}
            name="do"
            value="redraw"
            formaction={languageHref(locale)}
            formnovalidate
            lang={locale}
          >
            {name}
          </button>
        </>
      )}
    </nav>
  );
}

function Document(props: LayoutProps) {
  const { texts, title, platformOrigin } = props;
  const { t } = texts;
  const islands = [...(platformOrigin ? ['/app/assets/frame-resize.js'] : []), ...(props.islands ?? [])];
  return (
    <html lang={texts.locale} data-platform-origin={platformOrigin}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{`${title} · Assidu`}</title>
        {['/app/assets/assidu.css', ...(props.stylesheets ?? [])].map((path) => (
          <link key={path} rel="stylesheet" href={path} />
        ))}
        {islands.map((path) => (
          <script key={path} type="module" src={path} />
        ))}
      </head>
      <body class={props.narrow ? 'narrow' : undefined}>
        <a class="skip" href="#main">
          {t('frame.skip')}
        </a>
        <header class="head">
          <div class="head-line">
            <span class="brand">Assidu</span>
            {props.role && <span class="role">{t(`role.${props.role}`)}</span>}
            <LanguageSwitch {...props} />
          </div>
          {props.session && props.role && (
            <SiteNav place={{ ...props.session, role: props.role }} texts={texts} />
          )}
          {props.banner}
          <h1>{title}</h1>
          {props.facts}
          {props.asOf && <AsOf texts={texts} asOf={props.asOf} />}
        </header>
        <main id="main" tabIndex={-1}>
          {props.children}
        </main>
        <Footer texts={texts} versions={props.versions} session={props.session} />
      </body>
    </html>
  );
}

/** A whole HTML document. Text is escaped; nothing inline, so that it holds under a CSP without unsafe-inline. */
export function renderDocument(props: LayoutProps): string {
  return `<!doctype html>${renderToString(<Document {...props} />)}`;
}
