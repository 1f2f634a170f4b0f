import { describing } from '../../xapi/attachment-requests.ts';
import { attachmentPart, type LaidOutPart, layOut } from '../../xapi/multipart-body.ts';
import { mutateBytes } from '../mutate-bytes.ts';
import { mutateTree } from '../mutate-tree.ts';
import { WORDS } from '../odd.ts';
import type { Random } from '../random.ts';
import { textOf, treeOf } from '../tree.ts';
import type { Kind, Trial } from '../trial.ts';
import { headerValue, toLrs } from './to-lrs.ts';

const HEADERS = [
  ...[
    'Content-Type: application/json',
    'Content-Type: text/plain; charset="',
    'Content-Type:',
    'Content-Type',
  ],
  ...[
    'Content-Transfer-Encoding: base64',
    'Content-Transfer-Encoding: BINARY',
    'Content-Length: 5',
    'Content-Length: -1',
  ],
  ...[
    'X-Experience-API-Hash: 0',
    `X-Experience-API-Hash: ${'0'.repeat(64)}`,
    `X-Experience-API-Hash: ${'A'.repeat(96)}`,
  ],
  ...[
    'X-Experience-API-Hash:',
    ': x',
    ' folded: x',
    '\u0000: y',
    'A: \r b',
    `Long: ${'x'.repeat(20_000)}`,
    'é: é',
  ],
];

/** Parts of a request: a statement with what is attached to it, mostly as it should be. */
function oddParts(trial: Trial): readonly LaidOutPart[] {
  const { random, world } = trial;
  const contents = Array.from({ length: random.below(4) }, () => random.bytes(contentLength(random)));
  const tree = treeOf(random.pick(world.corpus.statements));
  if (tree.kind === 'object') {
    tree.members.splice(
      0,
      tree.members.length,
      ...tree.members.filter(([key]) => key !== 'id' && key !== 'attachments'),
    );
    tree.members.push(['attachments', treeOf(contents.map((content) => describing(content)))]);
  }
  const mutated = random.chance(0.4) ? mutateTree(random, tree, tree) : tree;
  const first = { headers: ['Content-Type: application/json'], content: textOf(mutated) };
  const parts: LaidOutPart[] = [first, ...contents.map((content) => attachmentPart(content))];
  if (random.chance(0.5)) return parts;
  const at = random.below(parts.length);
  const part = parts[at] ?? first;
  const { headers, content } = part;
  parts.splice(
    at,
    1,
    ...random.pick<readonly LaidOutPart[]>([
      [],
      [part, part],
      [{ headers: [...headers, random.pick(HEADERS)], content }],
      [{ headers: headers.map((line) => (random.chance(0.5) ? random.pick(HEADERS) : line)), content }],
      [{ headers: headers.slice(1), content }],
      [{ headers: [], content }],
      [{ headers, content: random.bytes(random.below(50)) }],
      [{ headers, content: '' }],
      [{ headers: [...headers, ...headers], content }],
    ]),
  );
  return random.chance(0.1) ? parts.reverse() : parts;
}

function contentLength(random: Random): number {
  return random.chance(0.005) ? 1_100_000 : random.chance(0.1) ? random.below(100_000) : random.below(300);
}

function contentType(random: Random, boundary: string): string {
  if (!random.chance(0.15)) return `multipart/mixed; boundary=${boundary}`;
  return random.pick([
    `multipart/mixed; boundary="${boundary}"`,
    `Multipart/Mixed;boundary=${boundary};charset=utf-8`,
    `multipart/form-data; boundary=${boundary}`,
    `multipart/mixed; boundary=${boundary}; boundary=other`,
    `multipart/mixed; boundary=${boundary.slice(1)}`,
    `multipart/mixed; boundary=${'b'.repeat(71)}`,
    `multipart/mixed; boundary=${headerValue(random.pick(WORDS))}`,
    'multipart/mixed; boundary="\\',
    'multipart/mixed',
  ]);
}

export const multipartKind: Kind = {
  name: 'statements with attachments',
  share: 80,
  run: async (trial) => {
    const { random } = trial;
    const boundary = random.pick(['abcABC0123', '-', '--', "'()+_,-./:=?", '0'.repeat(70)]);
    const whole = layOut(boundary, oddParts(trial));
    const body = random.chance(0.35) ? mutateBytes(random, whole) : whole;
    const path = `/xapi/statements${random.chance(0.3) ? '?assidu:onInvalid=skip' : ''}`;
    const answer = await trial.send(toLrs(trial, 'POST', path, body, contentType(random, boundary)));
    if (answer.status !== 200 || !random.chance(0.2)) return;
    const [id] = JSON.parse(answer.body.toString());
    await trial.send(toLrs(trial, 'GET', `/xapi/statements?attachments=true&statementId=${id}`));
  },
};
