import { parseForms } from '../../platform/html-forms.ts';
import { mutateBytes } from '../mutate-bytes.ts';
import { oddKey, WORDS } from '../odd.ts';
import type { Kind } from '../trial.ts';
import { BLENDED, ensureBlended, OWN_KEY } from './blended.ts';
import { launch } from './lti.ts';
import { escaped } from './query.ts';

/** Pages with forms that write, and some that are not there; the numbers are those of the cohort's units. */
const PAGES = [
  '/sessions/1',
  '/sessions/2',
  '/sessions/9',
  `/units/${OWN_KEY}`,
  `/units/${OWN_KEY}`,
  '/units/x',
  '/learners/x',
  '/today',
  '/today',
];
const VALUES = [
  'present',
  'absent',
  'excused',
  'late',
  '60',
  '-1',
  '1e9',
  '1',
  '4',
  'Known already',
  'called',
  '2026-02-30',
  'on',
  '',
];

/** Forms on pages of people who launched: registers, waivers, units of our own; `origin` is where the product says that it is. */
export function formKind(origin: string): Kind {
  return {
    name: 'forms on pages',
    share: 20,
    run: async (trial) => {
      await ensureBlended(trial);
      const launched = await launch(trial, origin);
      if (!launched) return;
      const { random } = trial;
      const base = `${launched.path.replace(/\/$/, '')}/cohorts/${BLENDED}`;
      const get = (path: string) =>
        trial.send({ method: 'GET', path, headers: { Cookie: launched.cookie }, body: null });
      const overview = await get(base);
      const learners = [...overview.body.toString().matchAll(/\/learners\/([\w-]{8,})/g)].map(
        ([, id = '']) => `/learners/${id}`,
      );
      for (let pages = 0; pages < 3; pages += 1) {
        const people = learners.slice(0, 4).flatMap((each) => [each, `${each}/timeline`]);
        const path = `${base}${random.pick([...PAGES, ...people])}`;
        const page = await get(path);
        const forms = parseForms(page.body.toString()).filter(({ fields }) => '_csrf' in fields);
        const form = forms.length > 0 ? random.pick(forms) : null;
        const action = form === null ? path : new URL(form.action, `${origin}${path}`).pathname;
        const given = Object.entries(form?.fields ?? { _csrf: 'x' }).map(
          ([name, value]): [string, string] => [
            name,
            name === '_csrf'
              ? random.chance(0.95)
                ? value
                : random.pick(WORDS)
              : random.chance(0.4)
                ? value
                : random.pick(random.chance(0.7) ? VALUES : WORDS),
          ],
        );
        if (random.chance(0.5))
          given.push([random.chance(0.7) ? 'reason' : oddKey(random), random.pick(VALUES)]);
        if (random.chance(0.3))
          given.push([random.pick(['unit', 'takeBack', '__proto__', 'a[b]', 'a[]']), random.pick(VALUES)]);
        const text = Buffer.from(
          given.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join('&'),
        );
        await trial.send({
          method: 'POST',
          path: action,
          headers: {
            Cookie: launched.cookie,
            Origin: random.chance(0.95) ? origin : 'null',
            'Content-Type': 'application/x-www-form-urlencoded',
          },
          body: random.chance(0.1) ? mutateBytes(random, text) : text,
        });
      }
    },
  };
}
