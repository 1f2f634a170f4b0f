import { type Request, type Response, Router } from 'express';
import { launchOf } from '../../../lti/guard.ts';
import type { Access } from '../../cohorts/access.ts';
import { definitionChanges } from '../../cohorts/definition-changes.ts';
import { definitionText, readDefinitionText } from '../../cohorts/definition-text.ts';
import { type Cohort, toCohort } from '../../cohorts/definitions.ts';
import type { Drafts, RecordedVersion } from '../../cohorts/drafts.ts';
import { shiftDefinition } from '../../cohorts/shift-definition.ts';
import { isStep } from '../definition-actions.ts';
import { checkForm, type FieldFault } from '../definition-check.ts';
import { type DefinitionForm, formOf, newRow } from '../definition-form.ts';
import { withRows } from '../definition-typed.ts';
import type { DraftNote } from '../definition-view.ts';
import { nextPromotion } from '../next-promotion.ts';
import { definitionDuplicatePage } from '../pages/definition-duplicate-page.tsx';
import { definitionImportPage, type ImportView } from '../pages/definition-import-page.tsx';
import { definitionVersionsPage, type VersionEntry } from '../pages/definition-versions-page.tsx';
import { definitionPath, newCohortPath } from '../paths.ts';
import { createDefinitionDesk, type Desk, mustConfigure, whoIs } from './definition-desk.ts';
import type { PageAnswers } from './page-answers.ts';

export interface DefinitionPagesDeps {
  readonly access: Access;
  readonly drafts: Drafts;
  readonly frameOf: PageAnswers['frameOf'];
}

/** Versions on a page. */
const VERSIONS = 20;

/** /app/:launch/new-cohort and …/cohorts/:cohort/definition: cohorts configured in pages, by digital learning managers. */
export function definitionPages({ access, drafts, frameOf }: DefinitionPagesDeps): Router {
  const desk = createDefinitionDesk({ drafts, frameOf });
  const router = Router({ mergeParams: true });

  const ofCohort = async (
    request: Request,
    response: Response,
  ): Promise<Desk & { readonly saved: Cohort }> => {
    const context = launchOf(response);
    const saved = await access.cohort(context, String(request.params.cohort));
    mustConfigure(context);
    return { context, saved, path: definitionPath(context.launch.id, saved.id) };
  };
  const ofNew = (response: Response): Desk & { readonly saved: null } => {
    const context = launchOf(response);
    mustConfigure(context);
    return { context, saved: null, path: newCohortPath(context.launch.id) };
  };
  const newForm = async ({ context }: Desk): Promise<DefinitionForm> =>
    suggested(formOf(await drafts.begin(context)));

  router.get('/new-cohort', async (request, response) => {
    const at = ofNew(response);
    const step = isStep(request.query.step) ? request.query.step : 'cohort';
    await desk.show(request, response, at, { form: await newForm(at), version: 0, step });
  });
  router.post('/new-cohort', async (request, response) => {
    const at = ofNew(response);
    await desk.work(request, response, at, () => newForm(at));
  });
  router.get('/cohorts/:cohort/definition', async (request, response) => {
    const at = await ofCohort(request, response);
    const step = isStep(request.query.step) ? request.query.step : 'cohort';
    const note = noteOf(request, at.saved);
    const form = suggested(formOf(at.saved.definition));
    const { version } = at.saved;
    await desk.show(request, response, at, { form, version, step, ...(note === null ? {} : { note }) });
  });
  router.post('/cohorts/:cohort/definition', async (request, response) => {
    const at = await ofCohort(request, response);
    await desk.work(request, response, at, async () => suggested(formOf(at.saved.definition)));
  });

  router.get('/cohorts/:cohort/definition.yaml', async (request, response) => {
    const { saved } = await ofCohort(request, response);
    response.type('application/yaml').attachment(`${saved.id}.yaml`).send(definitionText(saved.definition));
  });

  router.get('/cohorts/:cohort/definition/versions', async (request, response) => {
    const { context, saved, path } = await ofCohort(request, response);
    const frame = frameOf(request, context, `${path}/versions`, saved.id);
    const all = await drafts.versions(context.registration.org, saved.id);
    const pages = Math.max(1, Math.ceil(all.length / VERSIONS));
    const asked = Number(request.query.page) || 1;
    const page = Math.min(Math.max(1, Math.floor(asked)), pages) - 1;
    const { t } = frame.texts;
    const words = { you: t('draft.you'), somebody: t('draft.somebody') };
    const entries = await Promise.all(
      all.slice(page * VERSIONS, (page + 1) * VERSIONS).map(async (version, index) => {
        const who = await whoIs(drafts, context, version.recordedBy, words);
        return entryOf(version, all[page * VERSIONS + index + 1], who, saved.version);
      }),
    );
    const { definition } = saved;
    response.type('html').send(definitionVersionsPage({ ...frame, definition, entries, page, pages }));
  });

  const duplicate = async (request: Request, response: Response): Promise<void> => {
    const at = await ofCohort(request, response);
    const { context, saved, path } = at;
    const { definition } = saved;
    const frame = frameOf(request, context, `${path}/duplicate`, saved.id);
    const taken = new Set((await access.cohorts(context)).map(({ id }) => id));
    const body: Readonly<Record<string, unknown>> = request.body ?? {};
    const typed = Object.fromEntries(
      Object.entries(nextPromotion(definition, taken, frame.texts)).map(([name, usual]) => {
        const text = body[name];
        return [name, typeof text === 'string' ? text.trim().slice(0, 1_000) : usual];
      }),
    );
    const base = formOf(definition);
    const form = { ...base, fields: { ...base.fields, ...typed } };
    const view = { ...frame, definition, form };
    if (request.method !== 'POST' || body.do === 'redraw') {
      response.type('html').send(definitionDuplicatePage({ ...view, faults: [], shifted: null }));
      return;
    }
    const faults = namedFaults(form, taken);
    if (faults.length > 0) {
      response
        .status(422)
        .type('html')
        .send(definitionDuplicatePage({ ...view, faults, shifted: null }));
      return;
    }
    const { id = '', startsOn = '' } = typed;
    const shifted = shiftDefinition(
      definition,
      { id, startsOn, title: titleOf(form, definition) },
      drafts.newId,
    );
    if (body.do === 'go') {
      const next = { context, saved: null, path: newCohortPath(context.launch.id) };
      const shown = { form: suggested(formOf(shifted.definition)), version: 0, step: 'check' } as const;
      await desk.show(request, response, next, shown);
      return;
    }
    response.type('html').send(definitionDuplicatePage({ ...view, faults, shifted }));
  };
  router.get('/cohorts/:cohort/definition/duplicate', duplicate);
  router.post('/cohorts/:cohort/definition/duplicate', duplicate);

  const importing =
    (open: (request: Request, response: Response) => Promise<Desk>) =>
    async (request: Request, response: Response): Promise<void> => {
      const at = await open(request, response);
      const frame = frameOf(request, at.context, `${at.path}/import`, at.saved?.id);
      const { texts } = frame;
      const back = {
        href: `${at.path}?lang=${texts.locale}`,
        title: at.saved === null ? texts.t('draft.newTitle') : texts.pick(at.saved.definition.title),
      };
      const text = sentText(request.body);
      const view: ImportView = { ...frame, back, text, faults: null, empty: false, otherId: null };
      const refuse = (why: Partial<ImportView>) => {
        response
          .status(422)
          .type('html')
          .send(definitionImportPage({ ...view, ...why }));
      };
      const redraws = request.body?.do === 'redraw';
      if (request.method !== 'POST' || redraws) response.type('html').send(definitionImportPage(view));
      else if (text.trim() === '') refuse({ empty: true });
      else {
        const read = readDefinitionText(text);
        if ('faults' in read) return refuse({ faults: read.faults });
        const { definition } = read;
        if (at.saved !== null && definition.id !== at.saved.id) return refuse({ otherId: definition.id });
        const form = suggested(formOf(definition));
        await desk.show(request, response, at, { form, version: at.saved?.version ?? 0, step: 'check' });
      }
    };
  const importNew = importing(async (_request, response) => ofNew(response));
  const importInto = importing(ofCohort);
  router.get('/new-cohort/import', importNew);
  router.post('/new-cohort/import', importNew);
  router.get('/cohorts/:cohort/definition/import', importInto);
  router.post('/cohorts/:cohort/definition/import', importInto);
  return router;
}

/** The text that was chosen as a file, else the one pasted. */
function sentText(body: Readonly<Record<string, unknown>> | undefined): string {
  const text = (name: string) => {
    const value = body?.[name];
    return typeof value === 'string' ? value : '';
  };
  return text('file').trim() === '' ? text('text') : text('file');
}

/** The tags that the portfolio goes by are asked for; left empty, they are none. */
function suggested(form: DefinitionForm): DefinitionForm {
  const named = new Set(form.rows.tags.map(({ fields }) => fields.name));
  const missing = ['programme', 'businessUnit'].filter((name) => !named.has(name));
  return withRows(form, 'tags', [...form.rows.tags, ...missing.map((name) => newRow('tags', { name }))]);
}

/** What was just saved, by the address that saving leads to. */
function noteOf({ query }: Request, { version }: Cohort): DraftNote | null {
  if (query.saved === String(version)) return { kind: 'saved', version };
  return query.unchanged === String(version) ? { kind: 'unchanged', version } : null;
}

function namedFaults(form: DefinitionForm, taken: ReadonlySet<string>): readonly FieldFault[] {
  const asked = ['title.fr', 'title.en', 'id', 'startsOn'];
  const faults = checkForm(form).faults.filter(({ field }) => asked.includes(field));
  return faults.length === 0 && taken.has(form.fields.id ?? '')
    ? [{ field: 'id', fault: 'taken', detail: '' }]
    : faults;
}

function titleOf({ fields }: DefinitionForm, { title }: Cohort['definition']): Record<string, string> {
  const named = { ...title, fr: fields['title.fr'] ?? '', en: fields['title.en'] ?? '' };
  return Object.fromEntries(Object.entries(named).filter(([, text]) => text !== ''));
}

function entryOf(
  version: RecordedVersion,
  before: RecordedVersion | undefined,
  who: string,
  current: number,
): VersionEntry {
  const { definition } = toCohort(version);
  const what = version.removed
    ? 'removed'
    : before === undefined
      ? 'created'
      : before.removed
        ? 'restored'
        : 'changed';
  return {
    version: version.version,
    definition,
    recordedAt: new Date(version.recordedAt).toISOString(),
    who,
    what,
    changes:
      before === undefined || version.removed
        ? []
        : definitionChanges(toCohort(before).definition, definition),
    current: version.version === current,
  };
}
