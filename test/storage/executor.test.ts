import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, openConnection } from '../../src/storage/embedded/connection.ts';
import { createExecutor } from '../../src/storage/embedded/executor.ts';
import { type Operation, read } from '../../src/storage/embedded/operation.ts';

describe('an executor', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assidu-executor-'));
  const file = join(folder, 'test.sqlite');
  let other: Connection;
  beforeAll(() => {
    other = openConnection(file, 'write');
    other.exec('CREATE TABLE numbers (number INTEGER PRIMARY KEY) STRICT');
  });
  afterAll(() => {
    other.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const numbers = (db: Connection) => Number(db.get('SELECT count(*) AS count FROM numbers')?.count);

  it('lets all questions of one read see the same state, though others commit in between', async () => {
    const executor = createExecutor(openConnection(file, 'read'), Date.now);
    const asking: Operation<unknown, unknown> = read(({ db }) => {
      const before = numbers(db);
      other.exec('INSERT INTO numbers DEFAULT VALUES');
      return [before, numbers(db)];
    });
    expect(await executor.submit(asking, null)).toEqual([0, 0]);
    expect(await executor.submit(asking, null)).toEqual([1, 1]);
    executor.close();
  });

  it('reads on after a read that failed', async () => {
    const executor = createExecutor(openConnection(file, 'read'), Date.now);
    const failing: Operation<unknown, unknown> = read(({ db }) => db.get('SELECT number FROM missing'));
    const counting: Operation<unknown, unknown> = read(({ db }) => numbers(db));
    await expect(executor.submit(failing, null)).rejects.toThrow(/no such table/);
    const counted = Number(await executor.submit(counting, null));
    other.exec('INSERT INTO numbers DEFAULT VALUES');
    expect(await executor.submit(counting, null)).toBe(counted + 1);
    executor.close();
  });
});
