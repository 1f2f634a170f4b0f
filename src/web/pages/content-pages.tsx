import type { CohortDefinition } from '../../../config/cohort-definition.ts';
import type { OwnUnit } from '../../units/own-units.ts';
import type { Texts } from '../intl.ts';
import { renderDocument } from '../layout.tsx';
import { unitTitle } from '../unit-words.ts';
import type { PageFrame } from '../views.ts';

export interface OpeningView extends PageFrame {
  readonly definition: CohortDefinition;
  readonly unit: OwnUnit;
  /** Where the content is, with what it needs: for this browser alone, perhaps for one use. */
  readonly content: string;
}

/** The page that hands content over to a window of its own, as an HTML document. */
export function openingPage(view: OpeningView): string {
  const { texts, unit, definition, content, path } = view;
  const { t } = texts;
  return renderDocument({
    texts,
    title: unitTitle(definition, unit, texts),
    role: view.role,
    languageHref: (lang) => `${path}?lang=${lang}`,
    session: view,
    narrow: true,
    children: (
      <section class="card unit" aria-labelledby="ready">
        <h2 id="ready">{t('unit.ready')}</h2>
        <p>{t('unit.readyText')}</p>
        <p class="actions">
          <a class="button" href={content} target="_blank" rel="noopener noreferrer" data-onward>
            {t('unit.openLabel')}
          </a>
          <a href={`${path}?lang=${texts.locale}`}>{t('unit.backToUnit')}</a>
        </p>
        {unit.content.launch === 'cmi5' && <p class="note">{t('unit.onceText')}</p>}
      </section>
    ),
  });
}

/** Where cmi5 content sends its window when it has ended (`returnURL`): a session may not reach it, nor need it. */
export function returnedPage(texts: Texts): string {
  const { t } = texts;
  return renderDocument({
    texts,
    title: t('unit.returned'),
    languageHref: (lang) => `?lang=${lang}`,
    narrow: true,
    children: (
      <section class="message">
        <p class="lead">{t('unit.returnedText')}</p>
      </section>
    ),
  });
}
