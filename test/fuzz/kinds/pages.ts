import { WORDS } from '../odd.ts';
import type { Kind } from '../trial.ts';
import { launch } from './lti.ts';
import { escaped, oddParameters, queryOf } from './query.ts';

const PARAMETERS = {
  state: ['active', 'completed', 'dropped'],
  alert: ['any', 'quiet'],
  q: ['inès', '%', '\\'],
  sort: ['name', '-name', 'attention'],
  page: ['1', '2', '1000000'],
  asOf: ['2026-04-01', '2026-02-30', '0001-01-01', '9999-12-31', '2999-01-01'],
  lang: ['fr', 'en', 'de'],
};

/** Pages of people who launched; `origin` is where the product says that it is. */
export function pageKind(origin: string): Kind {
  return {
    name: 'pages of launches',
    share: 15,
    run: async (trial) => {
      const { random } = trial;
      const launched = await launch(trial, origin);
      if (!launched) return;
      const headers = {
        Cookie: launched.cookie,
        'Accept-Language': random.pick(['fr', 'en;q=0', '*', ';;']),
      };
      for (let pages = 0; pages < 3; pages += 1) {
        const rest = random.pick([
          '',
          '/cohorts/c',
          '/cohorts/c',
          '/cohorts/c/learners.csv',
          `/cohorts/${escaped(random.pick(WORDS))}`,
        ]);
        const query = queryOf(random, oddParameters(random, PARAMETERS));
        await trial.send({
          method: 'GET',
          path: `${launched.path.replace(/\/$/, '')}${rest}${query}`,
          headers,
          body: null,
        });
      }
      const close = {
        ...headers,
        Origin: random.pick([origin, 'null']),
        'Content-Type': 'application/x-www-form-urlencoded',
      };
      await trial.send({
        method: 'POST',
        path: `${launched.path.replace(/\/$/, '')}/close`,
        headers: close,
        body: Buffer.from('_csrf=x'),
      });
    },
  };
}
