import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { table } from '../../src/cli/table.ts';
import { type MongoServer, mongoServer, newDatabase } from '../support/mongodb-server.ts';
import { dropDatabase } from '../support/open-mongodb.ts';
import { load } from './load.ts';
import { type Product, startProduct } from './product.ts';
import { BATCH, bodyOf, inBatches, statementsFrom } from './world.ts';

/** What nobody has measured here: said beside every figure that rests on it. */
const ASSUMED = {
  activeShare: 0.3,
  statementsADay: 40,
  daysAYear: 200,
  peakHourShare: 0.2,
  compression: 3,
  bytesOfAnIndexEntry: 80,
  terabytesOfAShard: 2,
} as const;

const PLACES: readonly (readonly [string, number])[] = [
  ['a course', 60],
  ['a business school', 2_000],
  ['a university', 30_000],
  ['a country', 3_000_000],
];

interface Measured {
  readonly store: string;
  /** Statements taken in a second, batches of 50 over 4 connections. */
  readonly perSecond: number;
  /** Bytes kept of one statement, indexes included. */
  readonly bytes: number;
  /** What of that is measured, and how. */
  readonly how: string;
}

/** `npm run bench -- scale`: what a statement takes in both stores, and what follows from it. Answers the exit code. */
export async function benchScale(): Promise<number> {
  const embedded = await measureEmbedded(40_000);
  const server = await mongoServer();
  const mongo = server === null ? null : await measureMongo(server, 500);
  const measured = [embedded, ...(mongo === null ? [] : [mongo])];
  const lines = measured.map(({ store, perSecond, bytes, how }) => [
    store,
    `${Math.round(perSecond)}/s`,
    `${Math.round(bytes)} bytes`,
    how,
  ]);
  process.stdout.write(`${table(['store', 'statements in', 'a statement takes', 'measured'], lines)}\n\n`);
  process.stdout.write(
    `${table(
      HEAD,
      PLACES.map((place) => placeLine(place, embedded, mongo ?? embedded)),
    )}\n\n`,
  );
  const assumed = Object.entries(ASSUMED).map(([name, value]) => [name, String(value)]);
  process.stdout.write(`${table(['assumed', ''], assumed)}\n`);
  return 0;
}

const HEAD = [
  'for',
  'learners',
  'statements a day',
  'in the peak hour',
  'of one machine',
  'embedded, a year',
  'MongoDB, a year, one copy',
  'shards after a year',
];

function placeLine([name, learners]: readonly [string, number], embedded: Measured, mongo: Measured) {
  const aDay = learners * ASSUMED.activeShare * ASSUMED.statementsADay;
  const aYear = aDay * ASSUMED.daysAYear;
  const peak = (aDay * ASSUMED.peakHourShare) / 3_600;
  const onDisk = (aYear * mongo.bytes) / ASSUMED.compression;
  return [
    name,
    learners.toLocaleString('en'),
    Math.round(aDay).toLocaleString('en'),
    `${peak < 10 ? peak.toFixed(1) : Math.round(peak)}/s`,
    `${((100 * peak) / embedded.perSecond).toFixed(1)} %`,
    sizeText(aYear * embedded.bytes),
    sizeText(onDisk),
    String(Math.max(1, Math.ceil(onDisk / (ASSUMED.terabytesOfAShard * 1e12)))),
  ];
}

function sizeText(bytes: number): string {
  const [unit, size] = bytes >= 1e12 ? ['TB', 1e12] : bytes >= 1e9 ? ['GB', 1e9] : ['MB', 1e6];
  return `${(bytes / Number(size)).toFixed(1)} ${unit}`;
}

/** Sends statements of the made-up stream, after others that warm up; how many a second were taken. */
async function intake(product: Product, count: number): Promise<number> {
  const send = (first: number) => {
    const bodies = inBatches(statementsFrom(first, count)).map(bodyOf);
    return load(`${product.url}/xapi/statements`, product.headers, bodies, 4);
  };
  await send(0);
  return (await send(count)).perSecond * BATCH;
}

async function measureEmbedded(count: number): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'assidu-scale-'));
  try {
    const product = await startProduct(folder);
    const perSecond = await intake(product, count);
    await product.close();
    const bytes = statSync(join(folder, 'assidu.sqlite')).size / (2 * count);
    return { store: 'embedded', perSecond, bytes, how: `the file after ${2 * count} statements` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureMongo(server: MongoServer, count: number): Promise<Measured> {
  const uri = newDatabase(server);
  const folder = mkdtempSync(join(tmpdir(), 'assidu-scale-'));
  const connection = await mongoose.createConnection(uri).asPromise();
  try {
    const product = await startProduct(folder, uri);
    const perSecond = await intake(product, count);
    await product.close();
    const some = await connection.collection('statements').find({}).limit(1_000).toArray();
    const mean = (of: (each: (typeof some)[number]) => number) =>
      some.reduce((sum, each) => sum + of(each), 0) / some.length;
    const entries = mean((each) => SINGLE_ENTRIES + each.agents.length + each.activities.length);
    const record = mean((each) => mongoose.mongo.BSON.calculateObjectSize(each));
    return {
      store: `MongoDB (${server.name})`,
      perSecond,
      bytes: record + entries * ASSUMED.bytesOfAnIndexEntry,
      how: `a record of ${Math.round(record)} bytes, ${entries.toFixed(1)} index entries (bytes of one assumed)`,
    };
  } finally {
    await connection.close();
    await dropDatabase(uri);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Entries in the indexes that have one for each statement: _id, seq, stored, org, verb, registration, flagged. */
const SINGLE_ENTRIES = 7;
