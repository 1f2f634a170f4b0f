import type { CohortDefinition } from '../../../config/cohort-definition.ts';
import type { ShiftedDefinition } from '../../cohorts/shift-definition.ts';
import { TextField } from '../components/definition-field.tsx';
import type { FieldFault } from '../definition-check.ts';
import type { DefinitionForm } from '../definition-form.ts';
import { fieldLabel } from '../definition-words.ts';
import { renderDocument } from '../layout.tsx';
import { definitionPath } from '../paths.ts';
import type { PageFrame } from '../views.ts';

export interface DuplicateView extends PageFrame {
  readonly definition: CohortDefinition;
  readonly form: DefinitionForm;
  readonly faults: readonly FieldFault[];
  /** All dates, before and after; null before they are asked for. */
  readonly shifted: ShiftedDefinition | null;
}

/** A date's place in words: "Classe virtuelle · Début". */
function placeWords(path: string, { definition, texts }: DuplicateView): string {
  const [, number, name = path] = /^(?:units|breaks)\[(\d+)\]\.(\w+)$/.exec(path) ?? [];
  const label = fieldLabel(path, texts);
  if (number === undefined) return fieldLabel(name, texts);
  if (path.startsWith('breaks')) return `${texts.t('draft.break', { n: Number(number) + 1 })} · ${label}`;
  const unit = definition.units[Number(number)];
  const title =
    unit?.title === undefined ? texts.t('unit.untitled', { n: Number(number) + 1 }) : texts.pick(unit.title);
  return `${title} · ${label}`;
}

function Dates({ view, shifted }: { view: DuplicateView; shifted: ShiftedDefinition }) {
  const { texts, definition } = view;
  const { t } = texts;
  const words = (value: string) =>
    value.length === 10 ? texts.date(value, 'UTC') : texts.dateTime(value, definition.timezone);
  return (
    <section class="card" aria-labelledby="dates">
      <h2 id="dates">{t('draft.dates')}</h2>
      <p role="status">{t('duplicate.days', { days: texts.days(shifted.days) })}</p>
      <table class="draft-table">
        <thead>
          <tr>
            <th scope="col">{t('duplicate.what')}</th>
            <th scope="col">{t('duplicate.before')}</th>
            <th scope="col">{t('duplicate.after')}</th>
          </tr>
        </thead>
        <tbody>
          {shifted.dates.map(({ path, before, after }) => (
            <tr key={path}>
              <th scope="row">{placeWords(path, view)}</th>
              <td data-label={t('duplicate.before')}>{words(before)}</td>
              <td data-label={t('duplicate.after')}>{words(after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="actions">
        <button class="button" type="submit" name="do" value="go">
          {t('duplicate.go')}
        </button>
        <span class="note">{t('duplicate.goText')}</span>
      </p>
    </section>
  );
}

/** The page on which a next promotion is made of a cohort, as an HTML document. */
export function definitionDuplicatePage(view: DuplicateView): string {
  const { texts, definition, path, shifted } = view;
  const { t } = texts;
  return renderDocument({
    texts,
    title: t('duplicate.title'),
    facts: (
      <p>
        <a href={`${definitionPath(view.launchId, definition.id)}?lang=${texts.locale}`}>
          {texts.pick(definition.title)}
        </a>
      </p>
    ),
    role: view.role,
    languageHref: (lang) => `${path}?lang=${lang}`,
    redraws: { form: 'draft', enter: 'enter' },
    session: view,
    platformOrigin: view.platformOrigin,
    stylesheets: ['/app/assets/definition.css'],
    narrow: true,
    children: (
      <form method="post" action={`${path}?lang=${texts.locale}`} class="draft" id="draft">
        <input type="hidden" name="_csrf" value={view.csrfToken} />
        <p class="lead">{t('duplicate.text')}</p>
        <div class="card draft-fields">
          <TextField view={view} name="title.fr" lang="fr" wide />
          <TextField view={view} name="title.en" lang="en" wide />
          <TextField view={view} name="id" wide />
          <TextField view={view} name="startsOn" />
        </div>
        <p class="note">{t('duplicate.course')}</p>
        <p>
          <button class={shifted === null ? 'button' : 'button-quiet'} type="submit" name="do" value="show">
            {t('duplicate.show')}
          </button>
        </p>
        {shifted !== null && <Dates view={view} shifted={shifted} />}
      </form>
    ),
  });
}
