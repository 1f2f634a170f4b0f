import { type DefinitionView, UNITS_A_PAGE } from '../definition-view.ts';
import { Act, Fault } from './definition-field.tsx';
import { ProposalsTable } from './definition-proposals.tsx';
import { UnitRow } from './definition-unit-row.tsx';

function Units({ view }: { view: DefinitionView }) {
  const { texts, form, unitsPage } = view;
  const { t } = texts;
  const total = form.rows.units.length;
  const from = unitsPage * UNITS_A_PAGE;
  const to = Math.min(from + UNITS_A_PAGE, total);
  const ofList = view.faults.find(({ field }) => field === 'units');
  return (
    <section class="card" aria-labelledby="units">
      <h2 id="units" tabIndex={-1}>
        {t('draft.units')}
      </h2>
      {ofList !== undefined && <Fault id="f-units-fault" fault={ofList.fault} texts={texts} />}
      {total === 0 ? (
        <p class="empty">{t('draft.unitsNone')}</p>
      ) : (
        <>
          <p class="note">{t('draft.unitsText')}</p>
          <ol class="draft-units">
            {form.rows.units.slice(from, to).map((_, index) => (
              <UnitRow key={String(from + index)} view={view} index={from + index} />
            ))}
          </ol>
          <p class="actions">
            {total > UNITS_A_PAGE && (
              <>
                {unitsPage > 0 && (
                  <Act view={view} act={`page:${unitsPage - 1}`} to="units">
                    {t('pager.previous')}
                  </Act>
                )}
                <span>{t('draft.unitsPage', { from: from + 1, to, total })}</span>
                {to < total && (
                  <Act view={view} act={`page:${unitsPage + 1}`} to="units">
                    {t('pager.next')}
                  </Act>
                )}
              </>
            )}
            {total > 1 && (
              <Act view={view} act="sort" to="units">
                {t('draft.sort')}
              </Act>
            )}
          </p>
        </>
      )}
    </section>
  );
}

interface NewFieldProps {
  readonly view: DefinitionView;
  readonly name: 'date' | 'from' | 'until';
  readonly type: 'date' | 'time';
}

function NewField({ view, name, type }: NewFieldProps) {
  const { texts, session } = view;
  const fault = session.faults[name];
  const id = `f-new-${name}`;
  return (
    <div class="draft-field">
      <label for={id}>{texts.t(`field.units.${name}`)}</label>
      {fault !== undefined && <Fault id={`${id}-fault`} fault={fault} texts={texts} />}
      <input
        id={id}
        type={type}
        name={`new.${name}`}
        value={session.fields[name] ?? ''}
        aria-describedby={fault === undefined ? undefined : `${id}-fault`}
        aria-invalid={fault === undefined ? undefined : 'true'}
      />
    </div>
  );
}

function NewSession({ view }: { view: DefinitionView }) {
  const { texts, session, form } = view;
  const { t } = texts;
  return (
    <fieldset class="card draft-group" id="new-session" tabIndex={-1}>
      <legend>
        <h2>{t('draft.addSession')}</h2>
      </legend>
      <p class="note">{t('draft.addSessionText', { zone: form.fields.timezone ?? '' })}</p>
      <div class="draft-fields">
        <div class="draft-field">
          <label for="f-new-title">{t('draft.sessionTitle')}</label>
          <input id="f-new-title" name="new.title" value={session.fields.title ?? ''} autocomplete="off" />
        </div>
        <div class="draft-field">
          <label for="f-new-modality">{t('draft.sessionForm')}</label>
          <select id="f-new-modality" name="new.modality">
            {(['virtual-class', 'in-person'] as const).map((value) => (
              <option key={value} value={value} selected={session.fields.modality === value}>
                {t(`modality.${value}`)}
              </option>
            ))}
          </select>
        </div>
        <NewField view={view} name="date" type="date" />
        <NewField view={view} name="from" type="time" />
        <NewField view={view} name="until" type="time" />
      </div>
      <p>
        <Act view={view} act="add:session" to="new-session">
          {t('draft.sessionAdd')}
        </Act>
      </p>
    </fieldset>
  );
}

/** The part of the form with the units: those proposed, those there are, and sessions to be added. */
export function UnitsStep({ view }: { view: DefinitionView }) {
  const { t } = view.texts;
  return (
    <>
      <ProposalsTable view={view} />
      <Units view={view} />
      <NewSession view={view} />
      <fieldset class="card draft-group">
        <legend>
          <h2>{t('draft.otherUnits')}</h2>
        </legend>
        <p class="actions">
          <Act view={view} act="add:activity" to="units">
            {t('draft.addActivity')}
          </Act>
          <Act view={view} act="add:page" to="units">
            {t('draft.addPage')}
          </Act>
        </p>
        <p class="note">{t('draft.addPageText')}</p>
      </fieldset>
    </>
  );
}
