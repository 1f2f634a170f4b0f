import { mutateBytes } from '../mutate-bytes.ts';
import { oddKey, WORDS } from '../odd.ts';
import type { Kind } from '../trial.ts';
import { DOCUMENTS, RESOURCES } from './queries.ts';
import { escaped, oddParameters, queryOf } from './query.ts';
import { oddBody } from './statements.ts';
import { toLrs } from './to-lrs.ts';

/** Requests as forms (xAPI 1.0.3 Communication 1.3). */
export const alternateKind: Kind = {
  name: 'alternate request syntax',
  share: 40,
  run: (trial) => {
    const { random } = trial;
    const method = random.pick([
      'GET',
      'GET',
      'PUT',
      'PUT',
      'POST',
      'POST',
      'POST',
      'DELETE',
      'DELETE',
      'HEAD',
      'get',
      '',
    ]);
    const [path, needed] = random.pick([
      ...Object.entries(RESOURCES),
      ['/xapi/statements', ['statementId']] as const,
      ['/xapi/statements', []] as const,
    ]);
    const sent = toLrs(trial, 'POST', '', Buffer.alloc(0), 'application/x-www-form-urlencoded');
    const known = Object.fromEntries(needed.map((name) => [name, DOCUMENTS[name] ?? trial.world.known]));
    const fields = [
      ...oddParameters(random, known, needed),
      ...Object.entries(sent.headers).filter(([name]) => name !== 'Content-Type' && random.chance(0.95)),
      ...(/^P/.test(method) || random.chance(0.1) ? [['content', oddBody(trial, new Set())] as const] : []),
      ...(random.chance(0.5)
        ? [
            [
              'Content-Type',
              random.pick([
                'application/json',
                'application/json',
                'application/json',
                'multipart/mixed; boundary=a',
              ]),
            ] as const,
          ]
        : []),
      ...(random.chance(0.1) ? [[oddKey(random), random.pick(WORDS)] as const] : []),
      ...(random.chance(0.1)
        ? [[random.pick(['If-Match', 'Content-Length', 'Host']), random.pick(WORDS)] as const]
        : []),
    ];
    const form = Buffer.from(fields.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join('&'));
    const query = queryOf(random, oddParameters(random, { method: [method] }, ['method']));
    const headers = random.chance(0.5)
      ? { 'Content-Type': sent.headers['Content-Type'] ?? '' }
      : sent.headers;
    return trial.send({
      ...sent,
      path: `${path}${query}`,
      headers,
      body: random.chance(0.2) ? mutateBytes(random, form) : form,
    });
  },
};
