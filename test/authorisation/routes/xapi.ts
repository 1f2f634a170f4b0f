import type { KeyRow } from '../row.ts';

const ACTIVITY = encodeURIComponent('https://lms.example/unit/a');
const AGENT = encodeURIComponent(JSON.stringify({ mbox: 'mailto:walk@exemple.fr' }));
const document = (kind: 'state' | 'profile', write: boolean): KeyRow['may'] => [
  'all',
  kind,
  ...(write ? [] : (['all/read'] as const)),
];

const documents = (path: string, query: string, kind: 'state' | 'profile'): readonly KeyRow[] =>
  (['GET', 'PUT', 'POST', 'DELETE'] as const).map((method) => ({
    route: `${method} ${path}`,
    query,
    may: document(kind, method !== 'GET'),
    foreign: 'own' as const,
    ...(method === 'PUT' || method === 'POST' ? { body: () => ({ walk: method }) } : {}),
  }));

/** The LRS (xAPI 1.0.3 Communication 4.2). Its things are named by the caller: another organisation has its own. */
export const xapiRows: readonly KeyRow[] = [
  { route: 'GET /xapi/about', may: 'public' },
  {
    route: 'GET /xapi/statements',
    may: ['all', 'all/read', 'statements/read', 'statements/read/mine'],
  },
  {
    route: 'POST /xapi/statements',
    may: ['all', 'statements/write'],
    body: () => [],
  },
  {
    route: 'PUT /xapi/statements',
    may: ['all', 'statements/write'],
    query: '?statementId=none',
    body: () => ({}),
  },
  {
    route: 'GET /xapi/activities',
    may: ['all', 'all/read', 'statements/read', 'define', 'profile'],
    query: `?activityId=${ACTIVITY}`,
  },
  {
    route: 'GET /xapi/agents',
    may: ['all', 'all/read', 'statements/read', 'profile'],
    query: `?agent=${AGENT}`,
  },
  ...documents('/xapi/activities/state', `?activityId=${ACTIVITY}&agent=${AGENT}&stateId=s`, 'state'),
  ...documents('/xapi/activities/profile', `?activityId=${ACTIVITY}&profileId=p`, 'profile'),
  ...documents('/xapi/agents/profile', `?agent=${AGENT}&profileId=p`, 'profile'),
];
