import type { Request, Response } from 'express';
import type { LaunchContext } from '../../../lti/guard.ts';
import { actorKey } from '../../../xapi/statement/ifi.ts';
import { AssiduError } from '../../base/errors.ts';
import { configures } from '../../cohorts/access.ts';
import { definitionChanges } from '../../cohorts/definition-changes.ts';
import { type Cohort, toCohort } from '../../cohorts/definitions.ts';
import type { Drafts } from '../../cohorts/drafts.ts';
import { actorOf } from '../../cohorts/launches.ts';
import { acted, type DraftState, isStep, NO_SESSION } from '../definition-actions.ts';
import { packForm, unpackForm } from '../definition-carried.ts';
import { type CheckedForm, checkForm, type FieldFault } from '../definition-check.ts';
import { type DefinitionForm, formOf } from '../definition-form.ts';
import { mergeForms } from '../definition-merge.ts';
import { withTyped } from '../definition-typed.ts';
import {
  type DefinitionView,
  type DraftNote,
  STEPS,
  type Step,
  stepOfField,
  UNITS_A_PAGE,
} from '../definition-view.ts';
import { definitionPage } from '../pages/definition-page.tsx';
import { definitionPath } from '../paths.ts';
import type { PageAnswers } from './page-answers.ts';

export interface DefinitionDeskDeps {
  readonly drafts: Drafts;
  readonly frameOf: PageAnswers['frameOf'];
}

/** The form that somebody works on: of which cohort, at what address. */
export interface Desk {
  readonly context: LaunchContext;
  /** The cohort as it is; null for a new one. */
  readonly saved: Cohort | null;
  readonly path: string;
}

/** What a page of the form is about to show. */
export interface Shown extends Partial<DraftState> {
  readonly form: DefinitionForm;
  /** The version that the form was made of; 0: of none. */
  readonly version: number;
  readonly note?: DraftNote;
  /** Whether what is at fault is said. */
  readonly tried?: boolean;
  /** What is at fault besides. */
  readonly extra?: readonly FieldFault[];
  readonly status?: number;
}

/** Throws `forbidden` to who does not configure cohorts. */
export function mustConfigure({ launch }: LaunchContext): void {
  if (!configures(launch))
    throw new AssiduError('forbidden', 'only digital learning managers configure cohorts');
}

/** The person of a launch, as who records a version. */
export function recordedBy(context: LaunchContext): string {
  return actorKey(actorOf(context)) ?? context.launch.sub;
}

/** Shows the form of a cohort and does what its buttons say. */
export interface DefinitionDesk {
  show(request: Request, response: Response, desk: Desk, shown: Shown): Promise<void>;
  /** What a form sent does. */
  work(request: Request, response: Response, desk: Desk, fresh: () => Promise<DefinitionForm>): Promise<void>;
}

export function createDefinitionDesk({ drafts, frameOf }: DefinitionDeskDeps): DefinitionDesk {
  /** The launch's course where the form has it not. */
  const hereOf = async ({ context }: Desk, form: DefinitionForm) => {
    const here = await drafts.courseOf(context);
    const isThere = form.rows.contexts.some(
      ({ fields }) => fields.course === here?.course && fields.platform === here?.platform,
    );
    return isThere ? null : here;
  };

  const contextsOf = (form: DefinitionForm) =>
    form.rows.contexts.flatMap(({ fields: { platform = '', course = '', activity = '' } }) =>
      activity === '' ? [] : [{ platform, course, activity }],
    );

  const show: DefinitionDesk['show'] = async (request, response, desk, shown) => {
    const { context, saved, path } = desk;
    const { form, version, tried = false, note = null } = shown;
    const step: Step = shown.step ?? 'cohort';
    const { org } = context.registration;
    const checked: CheckedForm = checkForm(form);
    const { definition } = checked;
    const withEffect = (step === 'rules' || step === 'check') && definition !== null;
    const [here, groups, proposals, effect] = await Promise.all([
      step === 'cohort' ? hereOf(desk, form) : null,
      step === 'cohort' ? drafts.groups(context) : [],
      step === 'units' ? drafts.proposals(org, contextsOf(form)) : null,
      withEffect ? drafts.effect(org, definition, saved) : null,
    ]);
    const last = Math.max(0, Math.ceil(form.rows.units.length / UNITS_A_PAGE) - 1);
    const asked = shown.unitsPage ?? 0;
    const view: DefinitionView = {
      ...frameOf(request, context, path, saved?.id),
      form,
      carried: packForm({ form, version, tried }),
      step,
      saved,
      faults: [...(shown.extra ?? []), ...(tried || step === 'check' ? checked.faults : [])],
      note,
      draft: definition,
      changes: saved === null || definition === null ? [] : definitionChanges(saved.definition, definition),
      effect,
      proposals,
      here,
      groups,
      unitsPage: Number.isInteger(asked) && asked >= 0 ? Math.min(asked, last) : 0,
      openUnit: shown.openUnit ?? null,
      session: shown.session ?? NO_SESSION,
      picked: shown.picked,
    };
    response
      .status(shown.status ?? 200)
      .type('html')
      .send(definitionPage(view));
  };

  const save = async (request: Request, response: Response, desk: Desk, shown: Shown): Promise<void> => {
    const { context, saved } = desk;
    const { definition, faults } = checkForm(shown.form);
    if (definition === null) {
      const [first] = faults;
      const step = STEPS.find((each) => faults.some(({ field }) => stepOfField(field) === each)) ?? 'check';
      const row = Number(/^units\.(\d+)\./.exec(first?.field ?? '')?.[1] ?? 0);
      const unitsPage = step === 'units' ? Math.floor(row / UNITS_A_PAGE) : (shown.unitsPage ?? 0);
      const stay = faults.some(({ field }) => stepOfField(field) === shown.step) ? shown.step : step;
      await show(request, response, desk, {
        ...shown,
        step: stay ?? step,
        unitsPage,
        tried: true,
        status: 422,
      });
      return;
    }
    const { org } = context.registration;
    const kept = saved === null ? definition : { ...definition, id: saved.id };
    const done = await drafts.save(org, kept, recordedBy(context), shown.version);
    if (done.outcome !== 'conflict') {
      const lang = frameOf(request, context, desk.path).texts.locale;
      const told = done.outcome === 'saved' ? 'saved' : 'unchanged';
      const at = definitionPath(context.launch.id, done.cohort.id);
      response.redirect(303, `${at}?lang=${lang}&step=check&${told}=${done.cohort.version}`);
      return;
    }
    await conflict(request, response, desk, shown, done.held);
  };

  /** Somebody else was quicker: what both did, together, to be looked at before it is saved. */
  const conflict = async (
    request: Request,
    response: Response,
    desk: Desk,
    shown: Shown,
    held: Cohort | null,
  ): Promise<void> => {
    const { org } = desk.context.registration;
    if (desk.saved === null) {
      const taken: FieldFault = { field: 'id', fault: 'taken', detail: '' };
      await show(request, response, desk, {
        ...shown,
        step: 'cohort',
        tried: true,
        extra: [taken],
        status: 409,
      });
      return;
    }
    if (held === null) throw new AssiduError('not-found', `there is no cohort ${desk.saved.id}`);
    const versions = await drafts.versions(org, desk.saved.id);
    const base = versions.find(({ version }) => version === shown.version);
    const who = await whoSaved(desk, request, versions[0]?.recordedBy);
    const before = base === undefined ? held.definition : toCohort(base).definition;
    const { form, conflicts } = mergeForms(formOf(before), formOf(held.definition), shown.form);
    const note: DraftNote = { kind: 'conflict', version: held.version, who, conflicts };
    const now = { ...desk, saved: held };
    await show(request, response, now, { form, version: held.version, note, step: 'check', status: 409 });
  };

  const whoSaved = async ({ context }: Desk, request: Request, by: string | undefined): Promise<string> => {
    const { t } = frameOf(request, context, '').texts;
    if (by === undefined) return t('draft.somebody');
    return whoIs(drafts, context, by, { you: t('draft.you'), somebody: t('draft.somebody') });
  };

  return {
    show,
    work: async (request, response, desk, fresh) => {
      const posted: Readonly<Record<string, unknown>> = request.body ?? {};
      const carried = unpackForm(posted.draft);
      if (carried === null) {
        const form = await fresh();
        const version = desk.saved?.version ?? 0;
        await show(request, response, desk, { form, version, note: { kind: 'stale' }, status: 422 });
        return;
      }
      const { version, tried } = carried;
      const form = withTyped(carried.form, posted);
      const step = isStep(posted.step) ? posted.step : 'cohort';
      const state: DraftState = {
        form,
        step,
        unitsPage: Number(posted.page ?? 0) || 0,
        openUnit: null,
        session: NO_SESSION,
      };
      const act = typeof posted.do === 'string' ? posted.do : 'update';
      if (act === 'save') {
        await save(request, response, desk, { ...state, version, tried });
        return;
      }
      const { org } = desk.context.registration;
      const after = acted(state, act, posted, {
        newId: drafts.newId,
        here: act === 'here' ? await hereOf(desk, form) : null,
        proposals: act === 'propose' ? await drafts.proposals(org, contextsOf(form)) : null,
        locale: frameOf(request, desk.context, desk.path).texts.locale,
      });
      await show(request, response, desk, { ...after, version, tried: tried || act === 'update' });
    },
  };
}

/** Who recorded something, in words: oneself, a name that is known, else what the key or command is called. */
export async function whoIs(
  drafts: Pick<Drafts, 'nameOf'>,
  context: LaunchContext,
  by: string,
  words: { readonly you: string; readonly somebody: string },
): Promise<string> {
  if (by === recordedBy(context)) return words.you;
  // Whoever it was is erased.
  if (by === '') return words.somebody;
  // Keys and commands are told by their names; people by what identifies them.
  if (!/^(account|mbox|mbox_sha1sum|openid)\|/.test(by)) return by;
  return (await drafts.nameOf(context.registration.org, by)) ?? words.somebody;
}
