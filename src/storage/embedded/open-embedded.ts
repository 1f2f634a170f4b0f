import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Storage } from '../ports/index.ts';
import { openConnection } from './connection.ts';
import { rememberingKeys } from './key-memory.ts';
import { type Lane, openInlineLane, openThreadLane } from './lane.ts';
import { migrate } from './migrations.ts';
import type { InputOf, OperationName, OutputOf } from './operations/index.ts';
import { operations } from './operations/index.ts';
import { scrub } from './scrub.ts';
import { storageOver } from './storage-over.ts';

export interface EmbeddedOptions {
  /** Folder of the database; made when missing. */
  readonly folder: string;
  /** `threads` for a server: one writer, two readers. `inline` for commands and tests. */
  readonly mode: 'threads' | 'inline';
  /** ms since the epoch; only `inline` can take another clock than the machine's. */
  readonly clock?: () => number;
}

const READERS = 2;
/**
 * What reads one row by its key, at nearly every request: done in the thread that asks, in a tenth of the time that the
 * way to another and back would take.
 */
const AT_A_GLANCE: ReadonlySet<OperationName> = new Set<OperationName>([
  'keys.find',
  'cohorts.revision',
  'statements.head',
  'launches.findSession',
  'launches.findLaunch',
  'registrations.byId',
  'grants.of',
]);

/** Opens the embedded store (SQLite by libsql), with its schema brought up to date. */
export function openEmbedded(options: EmbeddedOptions): Storage {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const file = join(options.folder, 'assidu.sqlite');
  const first = openConnection(file, 'write');
  try {
    migrate(first);
  } finally {
    first.close();
  }

  const open = (access: 'read' | 'write'): Lane =>
    options.mode === 'threads'
      ? openThreadLane({ file, access })
      : openInlineLane({ file, access }, options.clock ?? Date.now);
  const writer = open('write');
  const readers = Array.from({ length: options.mode === 'threads' ? READERS : 1 }, () => open('read'));
  const here = options.mode === 'threads' ? openInlineLane({ file, access: 'read' }, Date.now) : null;
  let turn = 0;
  const laneOf = (name: OperationName): Lane => {
    if (operations[name].access === 'write') return writer;
    if (here !== null && AT_A_GLANCE.has(name)) return here;
    turn += 1;
    return readers[turn % readers.length] ?? writer;
  };

  async function call<Name extends OperationName>(name: Name, input: InputOf<Name>): Promise<OutputOf<Name>> {
    return (await laneOf(name).run(name, input)) as OutputOf<Name>;
  }

  const storage = storageOver({
    call,
    probe: async () => {
      await Promise.all([writer, ...readers].map((lane) => lane.run('statements.head', null)));
    },
    scrub: () => scrub(file),
    close: async () => {
      try {
        await writer.close();
      } finally {
        await Promise.all([...readers, ...(here ? [here] : [])].map((lane) => lane.close()));
      }
    },
  });
  return { ...storage, keys: rememberingKeys(storage.keys, options.folder, options.clock ?? Date.now) };
}
