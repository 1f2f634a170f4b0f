import type { Counts, DraftEffect } from '../../cohorts/draft-figures.ts';
import type { DefinitionView } from '../definition-view.ts';
import type { Texts } from '../intl.ts';
import { Term } from './term.tsx';

const STATES = [
  'completed',
  'active',
  'inactive',
  'notStarted',
  'dropped',
  'unfinished',
  'withdrawn',
  'noShow',
  'transferred',
] as const;

function definitionOf(state: (typeof STATES)[number], view: DefinitionView): string {
  const { texts, draft } = view;
  const { t, days } = texts;
  const alert = days(draft?.dropout.alertAfterDays ?? 14);
  if (state === 'completed') return t('draft.effectDone');
  if (state !== 'dropped') return t(`define.${state}`, { alert });
  const drop = draft?.dropout.dropAfterDays ?? null;
  return drop === null ? t('define.droppedNever') : t('define.dropped', { drop: days(drop) });
}

function signed(value: number, texts: Texts): string {
  return value === 0 ? '=' : `${value > 0 ? '+' : '−'}${texts.number(Math.abs(value))}`;
}

function Table({ before, after, view }: { before: Counts | null; after: Counts; view: DefinitionView }) {
  const { texts } = view;
  const { t } = texts;
  const rows = [
    { key: 'enrolled', label: t('states.total'), define: t('define.enrolled') },
    ...STATES.map((state) => ({ key: state, label: t(`state.${state}`), define: definitionOf(state, view) })),
    { key: 'atRisk', label: t('key.atRisk'), define: t('define.atRisk') },
  ] as const;
  return (
    <table class="draft-table draft-effect">
      <thead>
        <tr>
          <th scope="col">{t('states.state')}</th>
          {before !== null && (
            <th scope="col" class="num">
              {t('draft.effectNow')}
            </th>
          )}
          <th scope="col" class="num">
            {t('draft.effectThen')}
          </th>
          {before !== null && (
            <th scope="col" class="num">
              {t('draft.effectChange')}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows
          .filter(({ key }) => after[key] > 0 || (before?.[key] ?? 0) > 0 || key === 'completed')
          .map(({ key, label, define }) => (
            <tr key={key}>
              <th scope="row">
                <Term definition={define}>{label}</Term>
              </th>
              {before !== null && (
                <td class="num" data-label={t('draft.effectNow')}>
                  {texts.number(before[key])}
                </td>
              )}
              <td class="num" data-label={t('draft.effectThen')}>
                {texts.number(after[key])}
              </td>
              {before !== null && (
                <td class="num" data-label={t('draft.effectChange')}>
                  {signed(after[key] - before[key], texts)}
                </td>
              )}
            </tr>
          ))}
      </tbody>
    </table>
  );
}

function sentenceOf({ before, after }: Extract<DraftEffect, { kind: 'figures' }>, { t }: Texts): string {
  const values = { after: after.completed, enrolled: after.enrolled };
  return before === null
    ? t('draft.effectCompletedNew', values)
    : t('draft.effectCompleted', { ...values, before: before.completed });
}

function Effect({ view }: { view: DefinitionView }) {
  const { texts, effect } = view;
  const { t } = texts;
  if (effect === null) return <p class="empty">{t('draft.effectFaults')}</p>;
  if (effect.kind === 'nobody') return <p class="empty">{t('draft.effectNobody')}</p>;
  if (effect.kind === 'tooMany')
    return <p class="empty">{t('draft.effectTooMany', { most: texts.number(effect.most) })}</p>;
  const same = effect.before !== null && JSON.stringify(effect.before) === JSON.stringify(effect.after);
  return (
    <>
      <p class="lead" role="status">
        {sentenceOf(effect, texts)}
      </p>
      {same && <p class="note">{t('draft.effectSame')}</p>}
      {effect.on !== 'enrolled' && (
        <p class="note">{t(effect.on === 'roster' ? 'draft.effectRoster' : 'draft.effectSeen')}</p>
      )}
      <Table before={effect.before} after={effect.after} view={view} />
    </>
  );
}

/** What the draft would change in the figures, before anything is saved. */
export function EffectSection({ view, update }: { view: DefinitionView; update: boolean }) {
  const { texts } = view;
  const { t } = texts;
  return (
    <section class="card" aria-labelledby="effect">
      <h2 id="effect" tabIndex={-1}>
        {t('draft.effect')}
      </h2>
      <p class="note">{t('draft.effectText')}</p>
      <Effect view={view} />
      {update && (
        <p>
          <button
            class="button"
            type="submit"
            name="do"
            value="update"
            formaction={`${view.path}?lang=${texts.locale}#effect`}
          >
            {t('draft.effectUpdate')}
          </button>
        </p>
      )}
    </section>
  );
}
