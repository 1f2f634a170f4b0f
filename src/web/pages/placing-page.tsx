import { renderDocument } from '../layout.tsx';
import type { Placeable } from '../placeable.ts';
import type { PageFrame } from '../views.ts';

export interface PlacingView extends PageFrame {
  readonly placeables: readonly Placeable[];
  /** Whether the platform takes LTI links here, several of them, and columns of the gradebook with them. */
  readonly asked: { readonly links: boolean; readonly several: boolean; readonly lineItems: boolean };
  /** The form came back without a choice. */
  readonly nothingChosen: boolean;
}

function Choice({ item, several }: { item: Placeable; several: boolean }) {
  return (
    <li>
      <label class="choice">
        <input type={several ? 'checkbox' : 'radio'} name="item" value={item.value} />
        <span>{item.title}</span>
      </label>
    </li>
  );
}

function Choices({ view }: { view: PlacingView }) {
  const { placeables, asked, texts } = view;
  const cohorts = placeables.filter(({ unit }) => unit === null);
  return cohorts.map((cohort) => {
    const units = placeables.filter(({ unit, cohort: { id } }) => unit !== null && id === cohort.cohort.id);
    return (
      <fieldset key={cohort.value} class="card placing">
        <legend>{cohort.title}</legend>
        <p class="eyebrow">{texts.t('placing.cohort')}</p>
        <ul>
          <Choice item={cohort} several={asked.several} />
        </ul>
        {units.length > 0 && (
          <details>
            <summary>{texts.t('placing.steps')}</summary>
            <ul>
              {units.map((unit) => (
                <Choice key={unit.value} item={unit} several={asked.several} />
              ))}
            </ul>
          </details>
        )}
      </fieldset>
    );
  });
}

/** Deep linking: the page on which staff choose what to place into their course, as an HTML document. */
export function placingPage(view: PlacingView): string {
  const { texts, asked, placeables, path } = view;
  const { t } = texts;
  const nothing = !asked.links ? 'placing.noLinks' : placeables.length === 0 ? 'placing.noCohort' : null;
  return renderDocument({
    texts,
    title: t('placing.title'),
    role: view.role,
    languageHref: (lang) => `${path}?lang=${lang}`,
    session: view,
    narrow: true,
    children: (
      <form method="post" action={`${path}?lang=${texts.locale}`}>
        <input type="hidden" name="_csrf" value={view.csrfToken} />
        {nothing !== null ? (
          <p class="lead">{t(nothing)}</p>
        ) : (
          <>
            <p class="lead">{t('placing.text')}</p>
            {asked.several && <p>{t('placing.several')}</p>}
            {view.nothingChosen && (
              <p class="fault" role="alert">
                {t('placing.none')}
              </p>
            )}
            <Choices view={view} />
            {asked.lineItems && (
              <label class="choice after-choices">
                <input type="checkbox" name="grades" value="on" />
                <span>
                  {t('placing.grades')}
                  <span class="note">{t('placing.gradesText')}</span>
                </span>
              </label>
            )}
          </>
        )}
        <p class="actions">
          {nothing === null && (
            <button class="button" type="submit">
              {t('placing.place')}
            </button>
          )}{' '}
          <button class="button-quiet" type="submit" name="cancel" value="on">
            {t('placing.cancel')}
          </button>
        </p>
      </form>
    ),
  });
}

/** The page that carries the signed answer back to the platform. */
export function placedPage(
  view: Pick<PageFrame, 'texts' | 'role' | 'path'>,
  answer: { readonly action: string; readonly jwt: string },
): string {
  const { t } = view.texts;
  return renderDocument({
    texts: view.texts,
    title: t('placing.done'),
    role: view.role,
    languageHref: (lang) => `${view.path}?lang=${lang}`,
    islands: ['/app/assets/submit-form.js'],
    narrow: true,
    children: (
      <form id="submit" method="post" action={answer.action}>
        <input type="hidden" name="JWT" value={answer.jwt} />
        <p class="lead">{t('placing.doneText')}</p>
        <button class="button" type="submit">
          {t('placing.goOn')}
        </button>
      </form>
    ),
  });
}
