import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { AssiduError } from '../../base/errors.ts';
import { openConnection } from './connection.ts';

/** A copy of an embedded store. */
export interface Backup {
  /** The folder it is in: it can be opened as it is. */
  readonly folder: string;
  /** Of the database, in bytes. */
  readonly bytes: number;
}

const DATABASE = 'assidu.sqlite';
/** The master secret that a store outside production keeps beside its data; without it nothing sealed can be read. */
const SECRET = 'secret';

/**
 * Copies the embedded store of a folder into another one, which must be new or empty: everything that was acknowledged
 * before the call, as of one instant, while others read and write. It is on the disk when this returns.
 * Throws `settings` when there is no store or the target holds something, `storage` when the copy is not whole.
 */
export function backUp(folder: string, target: string): Backup {
  const source = join(folder, DATABASE);
  if (!existsSync(source)) throw new AssiduError('settings', `there is no store in ${folder}`);
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new AssiduError('settings', `${target} is not empty: a backup needs a folder of its own`);
  mkdirSync(target, { recursive: true, mode: 0o700 });
  // Under another name until it is whole: what is called like a database can be trusted.
  const unfinished = join(target, `${DATABASE}.unfinished`);
  const connection = openConnection(source, 'read');
  try {
    connection.exec('PRAGMA query_only = OFF');
    connection.run('VACUUM INTO ?', unfinished);
  } catch (cause) {
    throw new AssiduError('storage', `the store could not be copied to ${target}`, { cause });
  } finally {
    connection.close();
  }
  checkWhole(unfinished);
  const file = join(target, DATABASE);
  settle(unfinished);
  renameSync(unfinished, file);
  if (existsSync(join(folder, SECRET))) {
    copyFileSync(join(folder, SECRET), join(target, SECRET));
    settle(join(target, SECRET));
  }
  settle(target);
  return { folder: target, bytes: statSync(file).size };
}

function checkWhole(file: string): void {
  const copy = openConnection(file, 'read');
  try {
    const told = copy.get('PRAGMA quick_check')?.quick_check;
    if (told !== 'ok') throw new AssiduError('storage', `the copy is not whole: ${String(told)}`);
  } finally {
    copy.close();
  }
}

/** Forces a file or a folder to the disk. */
function settle(path: string): void {
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
