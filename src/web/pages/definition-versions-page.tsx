import type { CohortDefinition } from '../../../config/cohort-definition.ts';
import type { DefinitionChange } from '../../cohorts/definition-changes.ts';
import { changeWords } from '../definition-words.ts';
import { renderDocument } from '../layout.tsx';
import { definitionPath } from '../paths.ts';
import type { PageFrame } from '../views.ts';

/** A version, and what it says differently from the one before. */
export interface VersionEntry {
  readonly version: number;
  readonly definition: CohortDefinition;
  /** ISO 8601. */
  readonly recordedAt: string;
  readonly who: string;
  readonly what: 'created' | 'removed' | 'restored' | 'changed';
  readonly changes: readonly DefinitionChange[];
  readonly current: boolean;
}

export interface VersionsView extends PageFrame {
  readonly definition: CohortDefinition;
  /** Newest first. */
  readonly entries: readonly VersionEntry[];
  /** From 0. */
  readonly page: number;
  readonly pages: number;
}

function Entry({ entry, view }: { entry: VersionEntry; view: VersionsView }) {
  const { texts } = view;
  const { t } = texts;
  const { definition, what } = entry;
  return (
    <li class="card" id={`version-${entry.version}`}>
      <h2>
        {t('versions.version', { version: entry.version })}{' '}
        {entry.current && <span class="tag tag-final">{t('versions.current')}</span>}
      </h2>
      <p class="note">
        {t('versions.by', {
          date: texts.dateTime(entry.recordedAt, view.definition.timezone),
          who: entry.who,
        })}
      </p>
      <ul class="plain-list">
        {what !== 'changed' && <li>{t(`change.${what}`)}</li>}
        {entry.changes.map((change) => {
          const words = changeWords(change, definition, texts);
          return <li key={words}>{words}</li>;
        })}
      </ul>
    </li>
  );
}

/** Who changed what in a definition, and when, as an HTML document. */
export function definitionVersionsPage(view: VersionsView): string {
  const { texts, definition, path, page, pages } = view;
  const { t } = texts;
  const href = (to: number) => `${path}?lang=${texts.locale}&page=${to + 1}`;
  return renderDocument({
    texts,
    title: t('versions.title'),
    facts: (
      <p>
        <a href={`${definitionPath(view.launchId, definition.id)}?lang=${texts.locale}`}>
          {texts.pick(definition.title)}
        </a>
      </p>
    ),
    role: view.role,
    languageHref: (lang) => `${path}?lang=${lang}&page=${page + 1}`,
    session: view,
    platformOrigin: view.platformOrigin,
    stylesheets: ['/app/assets/definition.css'],
    narrow: true,
    children: (
      <>
        <p>{t('versions.text')}</p>
        <ol class="draft-versions" reversed>
          {view.entries.map((entry) => (
            <Entry key={entry.version} entry={entry} view={view} />
          ))}
        </ol>
        {pages > 1 && (
          <nav class="pager" aria-label={t('versions.title')}>
            {page > 0 && (
              <a rel="prev" href={href(page - 1)}>
                {t('versions.newer')}
              </a>
            )}
            {page < pages - 1 && (
              <a rel="next" href={href(page + 1)}>
                {t('versions.older')}
              </a>
            )}
          </nav>
        )}
      </>
    ),
  });
}
