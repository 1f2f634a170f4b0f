import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import { AssiduError } from '../../base/errors.ts';
import { COLLECTIONS } from '../mongodb/collections.ts';
import { connect, ensureIndexes, newConnection } from '../mongodb/connection.ts';
import { contextOver, type MongoContext } from '../mongodb/context.ts';
import { createLeases } from '../mongodb/exchange/leases.ts';
import {
  MIGRATION,
  MIGRATION_STEPS,
  MIGRATIONS,
  type MigrationFields,
  type MigrationStepFields,
} from '../mongodb/migration-collection.ts';
import { put } from '../mongodb/put.ts';
import { compare, type MovedCollection } from './compare.ts';
import type { Cursor, Move } from './move.ts';
import { MOVES } from './moves/index.ts';
import { openSource, type Source } from './source.ts';

/** How far it is: `total` rows of what is being moved, or records of what is being compared. */
export interface MigrationStep {
  readonly step: 'move' | 'compare';
  readonly name: string;
  readonly done: number;
  readonly total: number;
}

export interface MigrationOptions {
  /** Folder of the embedded store. */
  readonly folder: string;
  /** The database that it is moved to. */
  readonly uri: string;
  /** ms since the epoch. */
  readonly clock: () => number;
  readonly onStep?: (step: MigrationStep) => void;
}

export interface MigrationResult {
  /** Whether an earlier call had begun it. */
  readonly resumed: boolean;
  /** What was moved, with the rows it had. */
  readonly moved: readonly { readonly name: string; readonly rows: number }[];
  /** What the database holds now, compared record by record. */
  readonly collections: readonly MovedCollection[];
}

/** How long nobody else may begin, in ms; renewed while it goes on. */
const LEASE = 10_000;
const LOOK_AGAIN = 500;

/**
 * Moves an embedded store into a MongoDB database, which must be empty, or hold what an earlier call has moved of the
 * same store: that is gone on with. The store is only read. Throws `conflict` when the database holds something else or
 * the store was changed meanwhile, `storage` when both are not the same in the end.
 */
export async function migrateStore(options: MigrationOptions): Promise<MigrationResult> {
  const source = openSource(options.folder);
  const connection = newConnection();
  try {
    await connect(connection, options.uri);
    const context = contextOver(connection, options.clock, randomUUID);
    return await moveAll(source, connection, context, options);
  } catch (error) {
    if (error instanceof AssiduError) throw error;
    throw new AssiduError('storage', 'the database did not do what it was asked', { cause: error });
  } finally {
    source.close();
    await connection.close();
  }
}

async function moveAll(
  source: Source,
  connection: Connection,
  context: MongoContext,
  { clock, onStep = () => undefined }: MigrationOptions,
): Promise<MigrationResult> {
  const resumed = await begin(source, connection, context);
  await ensureIndexes(connection);
  const leases = createLeases(context, 'migration');
  const holds = async (): Promise<boolean> =>
    (await leases.lease(MIGRATION, context.instance, clock(), clock() + LEASE)) !== null;
  const keepLease = async (): Promise<void> => {
    if (!(await holds())) throw new AssiduError('conflict', 'another assidu migrate is moving this store');
  };
  // One that was killed holds it a little longer.
  for (const began = performance.now(); !(await holds()) && performance.now() - began < 2 * LEASE; )
    await pause(LOOK_AGAIN);
  await keepLease();
  try {
    return await moveUnderLease(source, connection, context, { resumed, clock, onStep, keepLease });
  } finally {
    await leases.release(MIGRATION, context.instance);
  }
}

interface UnderLease extends Required<Pick<MigrationOptions, 'clock' | 'onStep'>> {
  readonly resumed: boolean;
  /** Throws `conflict` when somebody else has taken it. */
  keepLease(): Promise<void>;
}

async function moveUnderLease(
  source: Source,
  connection: Connection,
  context: MongoContext,
  { resumed, clock, onStep, keepLease }: UnderLease,
): Promise<MigrationResult> {
  const moved: { readonly name: string; readonly rows: number }[] = [];
  for (const move of MOVES) {
    const rows = await moveOne(move, source, context, async (done, total) => {
      onStep({ step: 'move', name: move.name, done, total });
      await keepLease();
    });
    moved.push({ name: move.name, rows });
  }
  const collections = await compare(source, MOVES, connection, async (name, done, total) => {
    onStep({ step: 'compare', name, done, total });
    await keepLease();
  });
  source.checkUnchanged();
  await context.model(MIGRATIONS).updateOne({ _id: MIGRATION }, { $set: { finishedAt: clock() } });
  return { resumed, moved, collections };
}

/** Whether it was begun before; what the database holds is looked at before anything is written. */
async function begin(source: Source, connection: Connection, context: MongoContext): Promise<boolean> {
  const migrations = context.model(MIGRATIONS);
  const { identity, stamp } = source;
  const before = await migrations.findOne({ _id: MIGRATION }).lean<MigrationFields | null>();
  if (before === null) {
    await refuseAnythingElse(connection);
    await put(migrations, { _id: MIGRATION, identity, stamp, begunAt: context.clock(), finishedAt: null });
    return false;
  }
  if (before.identity !== identity)
    throw new AssiduError('conflict', 'another store was moved into this database: name an empty one');
  if (before.finishedAt !== null)
    throw new AssiduError('conflict', 'this store was moved into this database already: name an empty one');
  if (before.stamp !== stamp)
    throw new AssiduError(
      'conflict',
      'the store was written to since the move began: begin anew with an empty database',
    );
  return true;
}

async function refuseAnythingElse(connection: Connection): Promise<void> {
  for (const { name } of COLLECTIONS)
    if ((await connection.collection(name).findOne({})) !== null)
      throw new AssiduError('conflict', `the database is not empty (${name}): name one that is`);
}

/** Moves what is left of one part; answers all its rows. */
async function moveOne(
  move: Move,
  source: Source,
  context: MongoContext,
  onPage: (done: number, total: number) => Promise<void>,
): Promise<number> {
  const steps = context.model(MIGRATION_STEPS);
  const before = await steps.findOne({ _id: move.name }).lean<MigrationStepFields | null>();
  const after: Cursor | null = before ? JSON.parse(before.after) : null;
  const total = move.total(source);
  let done = before?.rows ?? 0;
  for (const page of move.pages(source, after)) {
    for (const each of page.puts) await each.insert(context);
    await page.work?.(context);
    done += page.rows;
    await put(steps, { _id: move.name, after: JSON.stringify(page.next), rows: done });
    await onPage(done, total);
  }
  return done;
}
