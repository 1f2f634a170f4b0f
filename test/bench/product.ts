import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { openEmbedded } from '../../src/storage/embedded/open-embedded.ts';
import { openMongo } from '../../src/storage/mongodb/open-mongodb.ts';
import { newAccessKey } from '../../xapi/credentials.ts';
import { buildProduct, builtCommand } from '../support/built-product.ts';
import { freePort } from '../support/free-port.ts';

/** The product in a process of its own over a folder, built as it is installed. */
export interface Product {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly key: string;
  readonly secret: string;
  /** Resident memory in MB. */
  memory(): number;
  /** Processor time of all its threads so far, in µs. */
  processorTime(): number;
  close(): Promise<void>;
}

/** Over the embedded store in a folder, or over a database where its URI is given. */
export async function startProduct(folder: string, mongodbUri?: string): Promise<Product> {
  const { accessKey, secret } = newAccessKey(
    { org: 'default', name: 'bench', scopes: ['all', 'cohorts'], at: Date.now() },
    randomBytes,
  );
  const storage =
    mongodbUri === undefined ? openEmbedded({ folder, mode: 'inline' }) : openMongo({ uri: mongodbUri });
  await storage.keys.insert(accessKey);
  await storage.close();
  const port = await freePort();
  buildProduct();
  const child = spawn(process.execPath, [builtCommand(), 'serve'], {
    env: {
      ...process.env,
      PORT: String(port),
      ASSIDU_DATA: folder,
      ASSIDU_LOG: 'silent',
      ASSIDU_SECRET: randomBytes(32).toString('hex'),
      MONGODB_URI: mongodbUri ?? '',
    },
    stdio: 'ignore',
  });
  const url = `http://localhost:${port}`;
  for (let tries = 0; ; tries += 1) {
    const ready = await fetch(`${url}/readyz`).catch(() => null);
    if (ready?.ok) break;
    if (tries > 300) throw new Error('the product did not start');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    url,
    headers: {
      authorization: `Basic ${Buffer.from(`${accessKey.key}:${secret}`).toString('base64')}`,
      'X-Experience-API-Version': '1.0.3',
    },
    key: accessKey.key,
    secret,
    memory: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1_024,
    processorTime: () => {
      // After the command in brackets, utime and stime are fields 14 and 15 of all, in hundredths of a second (proc(5)).
      const [, fields = ''] = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ');
      const [user, system] = fields.split(' ').slice(11, 13);
      return (Number(user) + Number(system)) * 10_000;
    },
    close: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}
