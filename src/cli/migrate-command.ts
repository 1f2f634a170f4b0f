import { Command } from 'commander';
import type { BroughtUpToDate } from '../storage/migration/bring-up-to-date.ts';
import type { MigrationResult } from '../storage/migration/migrate-store.ts';
import { commandSettings, printResult, UsageError } from './context.ts';
import { stepLine } from './step-line.ts';

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly json?: boolean;
}

/** `assidu migrate`: the schema and indexes of the store, or the embedded store into MongoDB (docs/scale.md). */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description('bring the store up to date, or move an embedded store into MongoDB')
    .option(
      '--from <store>',
      'what to move: sqlite:FOLDER, the folder of an embedded store, which is only read',
    )
    .option(
      '--to <uri>',
      'where to: mongodb://HOST/DATABASE, an empty database, or one left by an earlier call',
    )
    .option('--json', 'print JSON')
    .action(async ({ from, to, json }: Options) => {
      if (from === undefined && to === undefined) {
        const done = await bringUpToDate();
        printResult(json, done, () => upToDateText(done));
        return;
      }
      const result = await move(folderOf(from), uriOf(to));
      printResult(json, result, () => movedText(result));
    });
}

function folderOf(from: string | undefined): string {
  const [, folder] = /^sqlite:(.+)$/.exec(from ?? '') ?? [];
  if (folder === undefined) throw new UsageError('--from must be sqlite:FOLDER');
  return folder;
}

function uriOf(to: string | undefined): string {
  if (to === undefined || !/^mongodb(\+srv)?:\/\/[^/\s]+\/[^/?\s]+/.test(to))
    throw new UsageError('--to must be mongodb://HOST/DATABASE');
  return to;
}

async function bringUpToDate(): Promise<BroughtUpToDate> {
  const { mongodbUri, dataFolder } = commandSettings();
  const { bringEmbeddedUpToDate, bringMongoUpToDate } = await import(
    '../storage/migration/bring-up-to-date.ts'
  );
  return mongodbUri === undefined ? bringEmbeddedUpToDate(dataFolder) : bringMongoUpToDate(mongodbUri);
}

async function move(folder: string, uri: string): Promise<MigrationResult> {
  const { migrateStore } = await import('../storage/migration/migrate-store.ts');
  const line = stepLine();
  try {
    return await migrateStore({
      folder,
      uri,
      clock: Date.now,
      onStep: ({ step, name, done, total }) => {
        line.show(`${step === 'move' ? 'moving' : 'comparing'} ${name}: ${done} of ${total}`);
      },
    });
  } finally {
    line.end();
  }
}

function upToDateText({ store, made }: BroughtUpToDate): string {
  return made.length === 0
    ? `${store} is up to date`
    : [`${store} is brought up to date:`, ...made.map((each) => `  ${each}`)].join('\n');
}

function movedText({ resumed, moved, collections }: MigrationResult): string {
  const lines = moved.filter(({ rows }) => rows > 0).map(({ name, rows }) => `  ${rows} ${name}`);
  const records = collections.reduce((sum, each) => sum + each.records, 0);
  return [
    resumed ? 'moved, gone on with from where it was interrupted:' : 'moved:',
    ...lines,
    `compared record by record: ${records} records in ${collections.length} collections are what they should be`,
    'Give the instances the ASSIDU_SECRET of the old store (outside production it is in its folder, in `secret`).',
  ].join('\n');
}
