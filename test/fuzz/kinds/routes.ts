import { METHODS } from 'node:http';
import { WORDS } from '../odd.ts';
import type { Kind } from '../trial.ts';
import { escaped, spoiled } from './query.ts';
import { toLrs } from './to-lrs.ts';

const PATHS = [
  ...[
    '/',
    '/xapi',
    '/xapi/',
    '/xapi/about',
    '/xapi/statements',
    '/xapi/statements/',
    '/XAPI/Statements',
    '//xapi//about',
  ],
  ...[
    '/xapi/statements/more',
    '/xapi/activities/state',
    '/xapi/agents',
    '/xapi/activities/profile',
    '/xapi/extensions/x',
  ],
  ...[
    '/healthz',
    '/readyz',
    '/metrics',
    '/favicon.ico',
    '/api',
    '/api/v1',
    '/api/v1/openapi.json',
    '/api/v1/cohorts',
  ],
  ...[
    '/api/v1/cohorts/fuzz',
    '/api/v1/quarantine',
    '/api/v1/forwards',
    '/api/v1/flagged-statements',
    '/api/v1/content-keys',
  ],
  ...[
    '/api/v1/identities',
    '/api/v1/identities/rules/email',
    '/api/v1/grants',
    '/api/v1/comparison',
    '/api/v1/cohorts/fuzz/attendance',
    '/api/v1/cohorts/fuzz/waivers',
    '/api/v1/cohorts/fuzz/retention',
    '/api/v1/cohorts/fuzz/enrolments/history',
    '/app/x/cohorts/y/sessions/1',
    '/app/x/cohorts/y/learners/z/waivers',
  ],
  ...[
    '/lti',
    '/lti/login',
    '/lti/launch',
    '/lti/launch/proof',
    '/lti/keys',
    '/lti/register',
    '/lti/canvas.json',
  ],
  ...[
    '/app',
    '/app/',
    '/app/x',
    '/app/x/cohorts/y',
    '/app/assets/assidu.css',
    '/app/assets/../../app.ts',
    '/app/assets/%00',
  ],
  ...[
    '/app/assets/..%2f..%2fapp.ts',
    '/app/x/close',
    '/app/x/cohorts/y/units/z',
    '/cmi5/fetch?token=x',
    '/cmi5/returned',
    '/app/x/cohorts/%2e%2e/learners.csv',
    '/.env',
    '/%',
    '/%zz',
    '/%c0%ae',
  ],
];
/** CONNECT asks for a tunnel: it is written to a connection of its own. */
const ASKED = METHODS.filter((method) => method !== 'CONNECT');

export const routeKind: Kind = {
  name: 'methods and paths',
  share: 45,
  run: (trial) => {
    const { random } = trial;
    const known = random.pick(PATHS);
    const longer = random.chance(0.3) ? `${known}/${escaped(random.pick(WORDS))}` : known;
    const path = random.chance(0.2) ? `/${spoiled(random, longer.slice(1))}` : longer;
    const method = random.chance(0.5)
      ? random.pick(['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'])
      : random.pick(ASKED);
    const body = random.chance(0.2) ? random.bytes(random.below(50)) : null;
    return trial.send(toLrs(trial, method, path.replaceAll('#', '%23'), body));
  },
};
