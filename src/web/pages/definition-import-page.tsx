import type { ComponentChildren } from 'preact';
import type { TextFault } from '../../cohorts/definition-text.ts';
import { faultAt } from '../definition-check.ts';
import { renderDocument } from '../layout.tsx';
import type { PageFrame } from '../views.ts';

export interface ImportView extends PageFrame {
  /** The page that this one leads back to. */
  readonly back: { readonly href: string; readonly title: string };
  readonly text: string;
  /** Null: nothing was sent. */
  readonly faults: readonly TextFault[] | null;
  /** Nothing was chosen and nothing pasted. */
  readonly empty: boolean;
  /** The file describes another cohort. */
  readonly otherId: string | null;
}

function Fault({ fault, view }: { fault: TextFault; view: ImportView }) {
  const { t } = view.texts;
  const key = faultAt(fault.path, fault.message);
  return (
    <li>
      {fault.line !== null && <strong>{t('import.line', { line: fault.line })} </strong>}
      {fault.path !== '' && <code>{fault.path}</code>}
      {fault.path !== '' && ' : '}
      {key === null ? '' : `${t(`fault.${key}`)} `}
      <span lang="en" class={key === null ? undefined : 'note'}>
        {fault.message}
      </span>
    </li>
  );
}

function Told({ children }: { children: ComponentChildren }) {
  return (
    <div class="fault" role="alert" id="faults">
      {children}
    </div>
  );
}

function Faults({ view }: { view: ImportView }) {
  const { t } = view.texts;
  const { faults, otherId } = view;
  if (view.empty)
    return (
      <Told>
        <p>{t('import.empty')}</p>
      </Told>
    );
  if (otherId !== null)
    return (
      <Told>
        <p>{t('import.other', { id: otherId })}</p>
      </Told>
    );
  if (faults === null) return null;
  return (
    <Told>
      <p>
        <strong>{t('import.faults', { n: faults.length })}</strong>
      </p>
      <ul class="draft-faults">
        {faults.slice(0, 50).map((fault) => (
          <Fault key={`${fault.line} ${fault.path} ${fault.message}`} fault={fault} view={view} />
        ))}
      </ul>
    </Told>
  );
}

/** The page on which a definition is read from a file or a text, as an HTML document. */
export function definitionImportPage(view: ImportView): string {
  const { texts, path, back } = view;
  const { t } = texts;
  const faulty = view.empty || view.otherId !== null || view.faults !== null;
  const described = faulty ? { 'aria-describedby': 'faults', 'aria-invalid': 'true' as const } : {};
  return renderDocument({
    texts,
    title: t('import.title'),
    facts: (
      <p>
        <a href={back.href}>{back.title}</a>
      </p>
    ),
    role: view.role,
    languageHref: (lang) => `${path}?lang=${lang}`,
    redraws: { form: 'import', enter: 'enter' },
    session: view,
    platformOrigin: view.platformOrigin,
    stylesheets: ['/app/assets/definition.css'],
    narrow: true,
    children: (
      <form
        method="post"
        action={`${path}?lang=${texts.locale}`}
        enctype="multipart/form-data"
        class="draft card"
        id="import"
      >
        <input type="hidden" name="_csrf" value={view.csrfToken} />
        <p>{t('import.text')}</p>
        <Faults view={view} />
        <div class="draft-field">
          <label for="f-file">{t('import.file')}</label>
          <input id="f-file" type="file" name="file" accept=".yaml,.yml,.json" />
        </div>
        <div class="draft-field draft-wide">
          <label for="f-text">{t('import.or')}</label>
          <textarea {...described} id="f-text" name="text" rows={14} spellcheck={false} class="draft-source">
            {view.text}
          </textarea>
        </div>
        <p>
          <button class="button" type="submit">
            {t('import.submit')}
          </button>
        </p>
      </form>
    ),
  });
}
