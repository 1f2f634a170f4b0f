import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, openConnection } from '../../src/storage/embedded/connection.ts';

describe('a connection to SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assidu-connection-'));
  let db: Connection;
  beforeAll(() => {
    db = openConnection(join(folder, 'test.sqlite'), 'write');
    db.exec('CREATE TABLE names (name TEXT PRIMARY KEY) STRICT');
  });
  afterAll(() => {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(['get', 'all', 'run'] as const)('%s takes new values after values at which it failed', (how) => {
    const insert = `INSERT INTO names (name) VALUES (?) ${how === 'run' ? '' : 'RETURNING name'}`;
    db.run('DELETE FROM names');
    db.exec('BEGIN');
    db[how](insert, 'one');
    db.exec('SAVEPOINT two');
    db[how](insert, 'two');
    expect(() => db[how](insert, 'two')).toThrow(/UNIQUE/);
    db.exec('ROLLBACK TO two');
    db[how](insert, 'three');
    db.exec('COMMIT');
    expect(db.all('SELECT name FROM names ORDER BY name').map(({ name }) => name)).toEqual(['one', 'three']);
  });

  it('waits for others, forces every commit to the disk and does not block its readers', () => {
    expect(db.get('PRAGMA journal_mode')).toMatchObject({ journal_mode: 'wal' });
    expect(db.get('PRAGMA synchronous')).toMatchObject({ synchronous: 2 });
    expect(Number(db.get('PRAGMA busy_timeout')?.timeout)).toBeGreaterThan(1_000);
  });

  it('writes nothing when it was opened to read', () => {
    const reader = openConnection(join(folder, 'test.sqlite'), 'read');
    expect(() => reader.run('DELETE FROM names')).toThrow(/readonly/);
    expect(reader.all('SELECT name FROM names')).toHaveLength(2);
    reader.close();
  });

  it('does not hold on to what it has read: another connection writes, the next read sees it', () => {
    const reader = openConnection(join(folder, 'test.sqlite'), 'read');
    reader.get('SELECT name FROM names ORDER BY name');
    db.run('INSERT INTO names (name) VALUES (?)', 'four');
    expect(reader.get('SELECT count(*) AS count FROM names')).toMatchObject({ count: 3 });
    expect(db.get('PRAGMA wal_checkpoint(TRUNCATE)')).toMatchObject({ busy: 0, log: 0 });
    reader.close();
  });
});
