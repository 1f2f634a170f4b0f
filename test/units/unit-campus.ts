import type { CohortDefinitionInput } from '../../config/cohort-definition.ts';
import { unitKey } from '../../src/units/own-units.ts';
import type { Browser, BrowserPage } from '../platform/browser.ts';
import {
  type Campus,
  CLIENT,
  courseIdOf,
  learners,
  person,
  STAFF,
  startCampus,
  testStudent,
} from '../support/campus.ts';
import { type RunningAssidu, startAssidu } from '../support/start-assidu.ts';

/** The units of the cohort, by what they are. */
export const UNITS = {
  done: 'https://units.example/done',
  link: 'https://units.example/link',
  xapi: 'https://units.example/xapi',
  cmi5: 'https://units.example/cmi5',
  platform: 'https://units.example/of-the-platform',
} as const;

export type UnitName = keyof typeof UNITS;

/** A platform like Canvas whose course `2` has a link to each unit of a cohort; the clock is moved by `later`. */
export interface UnitCampus extends Campus {
  /** Everything the product logged, as text. */
  log(): string;
  /** Moves the world's clock on, ms. */
  later(ms: number): void;
  /** Opens the unit's link as somebody; the page. */
  openUnit(browser: Browser, user: string, unit: UnitName): Promise<BrowserPage>;
  /** Sends a form of a unit's page. */
  press(browser: Browser, page: BrowserPage, action: 'open' | 'done' | 'undo'): Promise<BrowserPage>;
  /** Where the content is that a page hands over. */
  onward(page: BrowserPage): string;
  /** Statements of the cohort's people, oldest first. */
  statements(query: Readonly<Record<string, string>>): Promise<readonly ReturnType<typeof JSON.parse>[]>;
  /** A learner's row, by the number of the learner. */
  row(user: string): Promise<ReturnType<typeof JSON.parse>>;
  define(change: Partial<CohortDefinitionInput>): Promise<void>;
}

const DAY = 86_400_000;

export async function startUnitCampus(contentUrl: string): Promise<UnitCampus> {
  let offset = 0;
  const clock = () => Date.now() + offset;
  const lines: string[] = [];
  const line = (fields: unknown, message: string) => {
    lines.push(`${message} ${JSON.stringify(fields)}`);
  };
  const assidu: RunningAssidu = await startAssidu({ clock, log: { info: line, warn: line, error: line } });
  const custom = (unit: string) => ({ cohort: 'spoc', unit });
  const campus = await startCampus({
    profile: 'canvas',
    assidu,
    clock,
    people: [...learners(8), person('guest', testStudent)],
    course: {
      links: [
        { id: 'home', title: 'Assidu' },
        ...Object.entries(UNITS).map(([id, unit]) => ({ id, title: id, custom: custom(unit) })),
      ],
    },
  });
  await campus.launch(STAFF, 'home');
  const course = await courseIdOf(campus);
  const day = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
  const definition: CohortDefinitionInput = {
    id: 'spoc',
    title: { fr: 'Gestion de projet', en: 'Project management' },
    kind: 'spoc',
    startsOn: day(-10),
    contexts: [{ platform: campus.lms.issuer, course, activity: `${campus.lms.issuer}/courses/2` }],
    units: [
      {
        id: UNITS.done,
        title: { fr: 'Lire la charte', en: 'Read the charter' },
        plannedMinutes: 45,
        dueOn: day(20),
        content: { markAsDone: true },
      },
      { id: UNITS.link, title: 'Lien', content: { url: `${contentUrl}/link`, launch: 'link' } },
      { id: UNITS.xapi, title: 'Module', content: { url: `${contentUrl}/xapi`, launch: 'xapi' } },
      {
        id: UNITS.cmi5,
        title: 'Module cmi5',
        satisfiedBy: 'CompletedAndPassed',
        minScore: 0.8,
        modality: 'assessment',
        content: { url: `${contentUrl}/cmi5`, launch: 'cmi5', publisherId: 'urn:publisher:au-1' },
      },
      { id: UNITS.platform, title: 'De la plateforme' },
    ],
  };
  const define = async (change: Partial<CohortDefinitionInput>) => {
    const answer = await assidu.request('PUT', '/api/v1/cohorts/spoc', { ...definition, ...change });
    if (answer.status >= 300) throw new Error(answer.text);
  };
  await define({});

  return {
    ...campus,
    define,
    log: () => lines.join('\n'),
    later: (ms) => {
      offset += ms;
    },
    openUnit: (browser, user, link) =>
      browser.launch(campus.lms, { user, course: '2', link, clientId: CLIENT }),
    press: (browser, page, action) => {
      const [, _csrf = ''] = /name="_csrf" value="([^"]+)"/.exec(page.html) ?? [];
      const { origin, pathname } = new URL(page.url);
      return browser.post(`${origin}${pathname}/${action}`, { _csrf });
    },
    onward: (page) => {
      const [, href = ''] = /href="([^"]+)"[^>]* data-onward/.exec(page.html) ?? [];
      return href.replaceAll('&amp;', '&');
    },
    statements: async (query) => {
      const parameters = new URLSearchParams({ ascending: 'true', limit: '0', ...query });
      return (await assidu.request('GET', `/xapi/statements?${parameters}`)).json.statements;
    },
    row: async (user) => {
      const { json } = await assidu.request('GET', '/api/v1/cohorts/spoc/learners?limit=100');
      return json.find(({ name }: { name: string | null }) => name === `Prénom ${user}`);
    },
    close: async () => {
      await campus.close();
      await assidu.close();
    },
  };
}

/** The page of a unit in a launch whose page this is. */
export function unitUrl(page: BrowserPage, cohort: string, unit: string): string {
  const [, base = ''] = /^(.*\/app\/[\w-]{22})/.exec(page.url) ?? [];
  return `${base}/cohorts/${cohort}/units/${unitKey(unit)}`;
}
