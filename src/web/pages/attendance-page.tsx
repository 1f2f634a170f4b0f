import type { CohortDefinition } from '../../../config/cohort-definition.ts';
import { RegisterBox } from '../components/register-box.tsx';
import { renderDocument } from '../layout.tsx';
import { cohortPath } from '../paths.ts';
import { pseudonymCode } from '../pseudonym.ts';
import { type BoxFault, boxKey, type Typed } from '../register-form.ts';
import type { Sheet, SheetLearner, SheetSession } from '../register-sheet.ts';
import { unitTitle } from '../unit-words.ts';
import type { PageFrame } from '../views.ts';

export interface AttendanceView extends PageFrame {
  readonly definition: CohortDefinition;
  readonly cohortVersion: number;
  readonly sheet: Sheet;
  /** How many entries were recorded just now; null when nothing was sent. */
  readonly saved: number | null;
  /** What was filled in, and what is wrong with it, by box. */
  readonly typed: ReadonlyMap<string, Typed>;
  readonly faults: ReadonlyMap<string, BoxFault>;
}

function sessionWords({ unit, slot }: SheetSession, { texts, definition }: AttendanceView): string {
  const zone = definition.timezone;
  const time = (instant: number) =>
    new Intl.DateTimeFormat(texts.locale, { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(
      instant,
    );
  return `${unitTitle(definition, unit, texts)} · ${time(slot.from)}–${time(slot.to)}`;
}

function Learner({ learner, view }: { learner: SheetLearner; view: AttendanceView }) {
  const { texts, definition } = view;
  const name = learner.name ?? texts.t('learners.pseudonym', { code: pseudonymCode(learner.enrolmentId) });
  const several = learner.boxes.length > 1;
  const boxOf = (box: SheetLearner['boxes'][number]) => (
    <RegisterBox
      learner={learner}
      box={box}
      typed={view.typed.get(boxKey(learner, box))}
      fault={view.faults.get(boxKey(learner, box))}
      zone={definition.timezone}
      texts={texts}
    />
  );
  return (
    <li>
      <fieldset class="register-learner">
        <legend>{name}</legend>
        {learner.boxes.map((box) =>
          several ? (
            <fieldset key={box.session.number} class="register-session">
              <legend>{sessionWords(box.session, view)}</legend>
              {boxOf(box)}
            </fieldset>
          ) : (
            boxOf(box)
          ),
        )}
      </fieldset>
    </li>
  );
}

function Sessions({ view }: { view: AttendanceView }) {
  const { texts, sheet } = view;
  return (
    <ul class="plain-list">
      {sheet.sessions.map((session) => (
        <li key={session.number}>
          {sessionWords(session, view)}
          {session.unit.cancelled && <span class="note">{texts.t('attendance.cancelled')}</span>}
          {!session.unit.cancelled && !session.ended && (
            <span class="note">{texts.t('attendance.upcoming')}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Pages({ view }: { view: AttendanceView }) {
  const { texts, sheet, path } = view;
  if (sheet.pages === 1) return null;
  const href = (page: number) => `${path}?lang=${texts.locale}&page=${page}`;
  return (
    <nav class="pager" aria-label={texts.t('attendance.pages')}>
      {sheet.page > 1 && <a href={href(sheet.page - 1)}>{texts.t('attendance.previous')}</a>}{' '}
      <span>{texts.t('attendance.page', { page: sheet.page, pages: sheet.pages })}</span>{' '}
      {sheet.page < sheet.pages && <a href={href(sheet.page + 1)}>{texts.t('attendance.next')}</a>}
    </nav>
  );
}

function Told({ view }: { view: AttendanceView }) {
  const { texts, faults, saved } = view;
  if (faults.size > 0)
    return (
      <p class="fault" role="alert">
        {texts.t('attendance.faults', { count: faults.size })}
      </p>
    );
  if (saved === null) return null;
  return (
    <p class="notice" role="status">
      {texts.t('attendance.saved', { count: saved })}
    </p>
  );
}

function Form({ view }: { view: AttendanceView }) {
  const { texts, sheet, path } = view;
  const { t } = texts;
  return (
    <form method="post" action={`${path}?lang=${texts.locale}&page=${sheet.page}`} class="register">
      <input type="hidden" name="_csrf" value={view.csrfToken} />
      {sheet.sessions.some(({ ended, unit }) => ended && !unit.cancelled) && (
        <label class="choice">
          <input type="checkbox" name="rest" value="present" />
          <span>
            {t('attendance.rest')}
            <span class="note">{t('attendance.restText')}</span>
          </span>
        </label>
      )}
      <ul class="register-list">
        {sheet.learners.map((learner) => (
          <Learner key={learner.id} learner={learner} view={view} />
        ))}
      </ul>
      <p class="actions register-save">
        <button class="button" type="submit">
          {t('attendance.save')}
        </button>
      </p>
    </form>
  );
}

/** The register of a day's sessions, as an HTML document. */
export function attendancePage(view: AttendanceView): string {
  const { texts, definition, sheet } = view;
  const { t } = texts;
  const [first] = sheet.sessions;
  const day = first === undefined ? '' : new Date(first.slot.from).toISOString();
  return renderDocument({
    texts,
    title: t('attendance.day', { date: texts.date(day, definition.timezone, 'long') }),
    facts: (
      <p>
        <a href={`${cohortPath(view.launchId, definition.id)}?lang=${texts.locale}`}>
          {texts.pick(definition.title)}
        </a>
      </p>
    ),
    role: view.role,
    versions: { definition: 1, cohort: view.cohortVersion },
    languageHref: (lang) => `${view.path}?lang=${lang}&page=${sheet.page}`,
    session: view,
    platformOrigin: view.platformOrigin,
    narrow: true,
    children: (
      <>
        <p class="eyebrow">{t('attendance.title')}</p>
        <Sessions view={view} />
        <Told view={view} />
        {sheet.learners.length === 0 ? <p class="empty">{t('attendance.nobody')}</p> : <Form view={view} />}
        <Pages view={view} />
      </>
    ),
  });
}
