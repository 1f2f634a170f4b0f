import type { MessageKey, Texts } from '../intl.ts';
import {
  cohortPath,
  comparePath,
  definitionPath,
  launchPath,
  myDataPath,
  newCohortPath,
  organisationPath,
  portfolioPath,
  reportPath,
  todayPath,
} from '../paths.ts';
import type { PageFrame, PageRole } from '../views.ts';

export type Place = Pick<PageFrame, 'launchId' | 'path' | 'role' | 'cohortId'>;

interface Way {
  readonly key: MessageKey;
  readonly href: string;
}

type Lead = readonly [MessageKey, (launchId: string, cohortId: string) => string];

const LEARNER: readonly Lead[] = [
  ['nav.path', cohortPath],
  ['nav.myData', myDataPath],
];
const STAFF: readonly Lead[] = [
  ['nav.today', todayPath],
  ['nav.cohort', cohortPath],
  ['nav.compare', comparePath],
  ['nav.report', reportPath],
];
/** Which pages of a cohort are a role's. */
const OF_COHORT: Readonly<Record<PageRole, readonly Lead[]>> = {
  learner: LEARNER,
  staff: STAFF,
  dlm: [...STAFF, ['nav.definition', definitionPath]],
  executive: [],
  observer: [],
};
/** From a page of no cohort back to where the launch led: its cohort, or the choice among several. */
const OF_COURSE: Readonly<Record<PageRole, readonly Lead[]>> = {
  learner: [],
  staff: [['nav.course', launchPath]],
  dlm: [['nav.course', launchPath]],
  executive: [],
  observer: [],
};
/** Which pages of the organisation. */
const OF_ORGANISATION: Readonly<Record<PageRole, readonly Lead[]>> = {
  learner: [],
  staff: [],
  dlm: [
    ['nav.newCohort', newCohortPath],
    ['nav.portfolio', portfolioPath],
    ['nav.organisation', organisationPath],
  ],
  executive: [['nav.portfolio', portfolioPath]],
  observer: [],
};

function waysFrom({ launchId, cohortId, role }: Place): readonly Way[] {
  const leads = [...(cohortId === undefined ? OF_COURSE : OF_COHORT)[role], ...OF_ORGANISATION[role]];
  return leads.map(([key, path]) => ({ key, href: path(launchId, cohortId ?? '') }));
}

/** The pages that somebody may open from here, by role; nothing where there is nowhere else to go. */
export function SiteNav({ place, texts }: { readonly place: Place; readonly texts: Texts }) {
  const ways = waysFrom(place);
  if (!ways.some(({ href }) => href !== place.path)) return null;
  return (
    <nav class="site-nav" aria-label={texts.t('nav.label')}>
      <ul>
        {ways.map(({ key, href }) => (
          <li key={href}>
            <a href={`${href}?lang=${texts.locale}`} aria-current={href === place.path ? 'page' : undefined}>
              {texts.t(key)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
