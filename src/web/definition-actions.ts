import type { CohortContext } from '../../config/cohort-definition.ts';
import type { Proposal, Proposals } from '../cohorts/proposals.ts';
import { instantOf, wallTimeOf } from '../cohorts/wall-time.ts';
import { LISTS, type ListName } from './definition-fields.ts';
import { type DefinitionForm, type FormRow, newRow, newUnit } from './definition-form.ts';
import { byDate, moved, without, withRows } from './definition-typed.ts';
import { textOf as valueText } from './definition-values.ts';
import { type SessionDraft, STEPS, type Step, UNITS_A_PAGE } from './definition-view.ts';

type Posted = Readonly<Record<string, unknown>>;

/** Where somebody is in the form. */
export interface DraftState {
  readonly form: DefinitionForm;
  readonly step: Step;
  /** Page of units, from 0. */
  readonly unitsPage: number;
  /** Row of a unit that is open. */
  readonly openUnit: number | null;
  readonly session: SessionDraft;
  /** Activities ticked among those proposed; absent: those that the page ticks at first. */
  readonly picked?: ReadonlySet<string>;
}

export interface ActionGiven {
  readonly newId: () => string;
  readonly here: CohortContext | null;
  readonly proposals: Proposals | null;
  readonly locale: 'fr' | 'en';
}

export const NO_SESSION: SessionDraft = { fields: {}, faults: {} };

/** More rows than that are more than the schema takes. */
const MOST: Readonly<Record<ListName, number>> = { contexts: 200, breaks: 200, tags: 100, units: 1_000 };

export function isStep(text: unknown): text is Step {
  return STEPS.some((each) => each === text);
}

/** What a button of the form does to it. What no button says leaves it as it is. */
export function acted(state: DraftState, act: string, posted: Posted, given: ActionGiven): DraftState {
  const [verb = '', what = '', number = ''] = act.split(':');
  const index = Number(number);
  const { form } = state;
  switch (verb) {
    case 'go':
      return isStep(what) ? { ...state, step: what, openUnit: null, session: NO_SESSION } : state;
    case 'redraw':
      return redrawn(state, posted);
    case 'page':
      return { ...state, step: 'units', unitsPage: Number(what), openUnit: null };
    case 'sort':
      return { ...state, form: byDate(form), openUnit: null };
    case 'here':
      return given.here === null ? state : added(state, 'contexts', contextRow(given.here));
    case 'propose':
      return proposed(state, posted, given);
    case 'add':
      return addedBy(state, what, posted, given);
    case 'up':
    case 'down':
      return what === 'units'
        ? { ...state, form: moved(form, 'units', index, verb === 'up' ? -1 : 1), openUnit: null }
        : state;
    case 'remove': {
      const list = LISTS.find((each) => each === what);
      return list === undefined ? state : { ...state, form: without(form, list, index), openUnit: null };
    }
    default:
      return state;
  }
}

function contextRow(context: CohortContext): FormRow {
  const { platform, client = '', deployment = '', course, group = '', activity = '' } = context;
  return newRow('contexts', { platform, client, deployment, course, group, activity });
}

function added(state: DraftState, list: ListName, ...rows: readonly FormRow[]): DraftState {
  const all = [...state.form.rows[list], ...rows].slice(0, MOST[list]);
  const form = withRows(state.form, list, all);
  if (list !== 'units') return { ...state, form };
  const last = all.length - 1;
  return { ...state, form, unitsPage: Math.floor(Math.max(0, last) / UNITS_A_PAGE), openUnit: null };
}

function addedBy(state: DraftState, what: string, posted: Posted, given: ActionGiven): DraftState {
  switch (what) {
    case 'session':
      return sessionAdded(state, posted, given);
    case 'activity':
    case 'page': {
      const fields =
        what === 'page' ? { id: `urn:uuid:${given.newId()}`, 'content.markAsDone': 'yes' } : { id: '' };
      const after = added(state, 'units', newUnit(fields));
      return { ...after, openUnit: after.form.rows.units.length - 1 };
    }
    case 'breaks':
    case 'tags':
    case 'contexts':
      return added(state, what, newRow(what));
    default:
      return state;
  }
}

function textOf(posted: Posted, name: string): string {
  const value = posted[name];
  return typeof value === 'string' ? value.trim().slice(0, 500) : '';
}

/** The same page with all that is in it, be it neither added nor ticked for good. */
function redrawn(state: DraftState, posted: Posted): DraftState {
  if (state.step !== 'units') return state;
  return { ...state, session: { fields: newSession(posted), faults: {} }, picked: pickedIn(posted) };
}

function pickedIn(posted: Posted): ReadonlySet<string> {
  return new Set([posted.pick].flat().filter((id) => typeof id === 'string'));
}

/** What was typed of a session that is to be added. */
function newSession(posted: Posted): SessionDraft['fields'] {
  return Object.fromEntries(
    ['title', 'modality', 'date', 'from', 'until'].map((name) => [name, textOf(posted, `new.${name}`)]),
  );
}

function sessionAdded(state: DraftState, posted: Posted, given: ActionGiven): DraftState {
  const fields = newSession(posted);
  const { title = '', modality, date = '', from = '', until = '' } = fields;
  const zone = state.form.timezone;
  const start = instantOf({ date, time: from }, zone);
  const end = instantOf({ date, time: until }, zone);
  const faults: Record<string, 'date' | 'time' | 'slotReversed'> = {};
  if (instantOf({ date, time: '00:00' }, 'UTC') === null) faults.date = 'date';
  if (instantOf({ date: '2026-01-01', time: from }, 'UTC') === null) faults.from = 'time';
  if (instantOf({ date: '2026-01-01', time: until }, 'UTC') === null) faults.until = 'time';
  const minutes = start === null || end === null ? 0 : (Date.parse(end) - Date.parse(start)) / 60_000;
  if (start !== null && end !== null && minutes <= 0) faults.until = 'slotReversed';
  if (Object.keys(faults).length > 0) return { ...state, session: { fields, faults } };
  const row = newUnit({
    id: `urn:uuid:${given.newId()}`,
    ...(title === '' ? {} : { [`title.${given.locale}`]: title }),
    modality: modality === 'in-person' ? 'in-person' : 'virtual-class',
    satisfiedBy: 'Attended',
    plannedMinutes: String(Math.round(minutes)),
    date,
    from,
    until,
  });
  return { ...added(state, 'units', row), session: NO_SESSION };
}

/** Adds the activities that were ticked, in the order of their first use. */
function proposed(state: DraftState, posted: Posted, { proposals }: ActionGiven): DraftState {
  const picked = pickedIn(posted);
  const taken = new Set(state.form.rows.units.map(({ fields }) => fields.id));
  const rows = (proposals?.activities ?? [])
    .filter(({ id }) => picked.has(id) && !taken.has(id))
    .map((proposal) => unitOf(proposal, state.form.timezone));
  return rows.length === 0 ? state : added(state, 'units', ...rows);
}

/** A unit of a proposed activity. */
export function unitOf(
  { id, title, modality, satisfiedBy, minScore, slot }: Proposal,
  timezone: string,
): FormRow {
  const [other = ''] = Object.values(title ?? {});
  const { fr = '', en = '' } = title ?? {};
  const named = { 'title.fr': fr === '' && en === '' ? other : fr, 'title.en': en };
  if (slot === null) {
    const score = minScore === null ? {} : { minScore: valueText('percent', minScore) };
    return newUnit({ id, ...named, modality, satisfiedBy, ...score });
  }
  const start = wallTimeOf(new Date(slot.from).toISOString(), timezone);
  const end = wallTimeOf(new Date(slot.to).toISOString(), timezone);
  return newUnit({
    id,
    ...named,
    modality,
    satisfiedBy,
    plannedMinutes: String(Math.round((slot.to - slot.from) / 60_000)),
    date: start.date,
    from: start.time,
    until: end.time,
    lastDate: end.date === start.date ? '' : end.date,
  });
}
