import { REACHES } from '../../cohorts/activity-seen.ts';
import type { Proposal } from '../../cohorts/proposals.ts';
import type { DefinitionView } from '../definition-view.ts';
import { choiceWords } from '../definition-words.ts';

/** Activities proposed on a page; further ones are once these are dealt with. */
const SHOWN = 60;

/** Activities that are no units of the form yet. */
export function openProposals({ proposals, form }: Pick<DefinitionView, 'proposals' | 'form'>) {
  const taken = new Set(form.rows.units.map(({ fields }) => fields.id?.trim()));
  return (proposals?.activities ?? []).filter(({ id }) => !taken.has(id));
}

/** Ticked at first: what somebody has done more with than opening it, while there are no units at all. */
function isTicked({ id, reached }: Proposal, { form, picked }: DefinitionView): boolean {
  if (picked !== undefined) return picked.has(id);
  return (
    form.rows.units.length === 0 && reached.passed + reached.attended + reached.completed + reached.tried > 0
  );
}

function Row({ proposal, view, index }: { proposal: Proposal; view: DefinitionView; index: number }) {
  const { texts, form } = view;
  const { t } = texts;
  const { id, title, slot } = proposal;
  const box = `pick-${index}`;
  const did = REACHES.filter((reach) => proposal.reached[reach] > 0).map((reach) =>
    t(`draft.reach.${reach}`, { n: proposal.reached[reach] }),
  );
  return (
    <tr>
      <td>
        <div class="draft-flag">
          <input type="checkbox" id={box} name="pick" value={id} checked={isTicked(proposal, view)} />
          <label for={box}>{title === null ? shortAddress(id) : texts.pick(title)}</label>
        </div>
        {title !== null && <span class="note draft-address">{shortAddress(id)}</span>}
      </td>
      <td data-label={t('draft.whoDid')}>
        {t('draft.people', { n: proposal.people })}
        <span class="note draft-did">{texts.list(did)}</span>
      </td>
      <td data-label={t('draft.proposedAs')}>
        {t(`modality.${proposal.modality}`)}
        <span class="note draft-did">
          {choiceWords('units.satisfiedBy', proposal.satisfiedBy, texts)}
          {proposal.minScore !== null &&
            ` · ${t('draft.scoreGuess', { share: texts.wholePercent(proposal.minScore) })}`}
          {slot !== null &&
            ` · ${t('draft.slotGuess', { date: texts.dateTime(new Date(slot.from).toISOString(), form.timezone) })}`}
        </span>
      </td>
    </tr>
  );
}

/** The address without its site, which is the same for all. */
function shortAddress(id: string): string {
  if (!URL.canParse(id) || !/^https?:/.test(id)) return id;
  const { pathname, search, host, hash } = new URL(id);
  return pathname === '/' && search === '' ? host : `${pathname.slice(1)}${search}${hash}`;
}

/** Activities that statements tell of, to be ticked as units. */
export function ProposalsTable({ view }: { view: DefinitionView }) {
  const { texts, proposals } = view;
  const { t } = texts;
  if (proposals === null) return null;
  const open = openProposals(view);
  const without = view.form.rows.contexts.every(({ fields }) => (fields.activity ?? '') === '');
  return (
    <section class="card" aria-labelledby="proposals">
      <h2 id="proposals">{t('draft.proposals')}</h2>
      {open.length === 0 ? (
        <p class="empty">{t(without || proposals.read === 0 ? 'draft.noActivity' : 'draft.proposalsNone')}</p>
      ) : (
        <>
          <p>{t('draft.proposalsText')}</p>
          <table class="draft-table">
            <thead>
              <tr>
                <th scope="col">{t('draft.activity')}</th>
                <th scope="col">{t('draft.whoDid')}</th>
                <th scope="col">{t('draft.proposedAs')}</th>
              </tr>
            </thead>
            <tbody>
              {open.slice(0, SHOWN).map((proposal, index) => (
                <Row key={proposal.id} proposal={proposal} view={view} index={index} />
              ))}
            </tbody>
          </table>
          <p class="note">
            {t('draft.proposalsRead', { n: proposals.read })}{' '}
            {proposals.bounded && t('draft.proposalsBounded', { n: texts.number(proposals.read) })}{' '}
            {open.length > SHOWN && t('draft.proposalsMore', { n: open.length - SHOWN })}
          </p>
          <p>
            <button
              class="button"
              type="submit"
              name="do"
              value="propose"
              formaction={`${view.path}?lang=${texts.locale}#units`}
            >
              {t('draft.addPicked')}
            </button>
          </p>
        </>
      )}
    </section>
  );
}
