import { z } from 'zod';
import { AssiduError } from '../src/base/errors.ts';
import type { Seal } from '../src/base/seal.ts';
import type { Registration, RegistrationStore } from '../src/storage/ports/registration-store.ts';
import type { LtijsRecord, LtijsRecordStore } from '../src/storage/ports/tool-key-store.ts';
import type { LtijsDatabase } from './provider.ts';
import type { ToolKeys } from './tool-keys.ts';

type Row = Readonly<Record<string, unknown>>;

const row = z.record(z.string(), z.unknown());
const views = ['platform', 'platformStatus', 'publickey', 'privatekey'];

/** Which fields identify a record, where ltijs hands in the whole item instead of an index. */
const identity: Readonly<Record<string, readonly string[]>> = {
  nonce: ['nonce'],
  state: ['state'],
  idtoken: ['iss', 'clientId', 'deploymentId', 'user'],
  contexttoken: ['contextId', 'user'],
  accesstoken: ['platformUrl', 'clientId', 'scopes'],
};

function canonical(fields: Row): string {
  return JSON.stringify(Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))));
}

function keyOf(collection: string, fields: Row): string {
  const names = identity[collection];
  return canonical(
    names === undefined ? fields : Object.fromEntries(names.map((name) => [name, fields[name]])),
  );
}

const matches = (candidate: Row, query: Row = {}): boolean =>
  Object.entries(query).every(([name, value]) => candidate[name] === value);

const orFalse = (rows: Row[]): Row[] | false => (rows.length === 0 ? false : rows);

function platformRow(registration: Registration, kid: string): Row {
  return {
    platformUrl: registration.issuer,
    platformName: registration.name,
    clientId: registration.clientId,
    authEndpoint: registration.authUrl,
    accesstokenEndpoint: registration.tokenUrl,
    kid,
    authConfig: { method: 'JWK_SET', key: registration.jwksUrl },
  };
}

/**
 * ltijs' database plugin over our ports. Platforms and keys are views of our registrations and tool keys, so it
 * cannot write them; only active registrations are seen. What it encrypts is sealed under our own key.
 */
export function createLtijsDatabase(deps: {
  readonly registrations: RegistrationStore;
  readonly toolKeys: ToolKeys;
  readonly records: LtijsRecordStore;
  readonly seal: Seal;
  readonly clock: () => number;
}): LtijsDatabase {
  const { registrations, toolKeys, records, seal, clock } = deps;

  async function view(collection: string): Promise<Row[]> {
    const keys = await toolKeys.list();
    const { kid } = await toolKeys.signing();
    switch (collection) {
      case 'platform':
        return (await registrations.list(null))
          .filter((registration) => registration.status === 'active')
          .map((registration) => platformRow(registration, kid));
      case 'platformStatus':
        return [{ id: kid, active: true }];
      case 'publickey':
        return keys.map((key) => ({
          kid: key.kid,
          key: key.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
        }));
      default:
        return keys.map((key) => ({
          kid: key.kid,
          key: key.privateKey().export({ type: 'pkcs1', format: 'pem' }).toString(),
        }));
    }
  }

  const sealContext = (collection: string, key: string): string => `ltijs ${collection} ${key}`;

  function valueFor(encrypted: boolean, collection: string, key: string, item: Row): string {
    const plain = JSON.stringify(item);
    return encrypted ? seal.seal(plain, sealContext(collection, key)) : plain;
  }

  /** Null when a sealed value cannot be opened any more: ltijs then asks the platform anew. */
  function itemOf(encrypted: boolean, record: LtijsRecord): Row | null {
    const plain = encrypted
      ? seal.open(record.value, sealContext(record.collection, record.key))
      : record.value;
    return plain === null ? null : { ...row.parse(JSON.parse(plain)), createdAt: record.createdAt };
  }

  async function found(encrypted: boolean, collection: string, query: Row | undefined) {
    return (await records.list(collection)).flatMap((record) => {
      const item = itemOf(encrypted, record);
      if (item === null) return [];
      return matches({ ...item, ...row.parse(JSON.parse(record.key)) }, query) ? [{ record, item }] : [];
    });
  }

  function refuseViews(collection: string): void {
    if (views.includes(collection))
      throw new AssiduError('unsupported', `ltijs may not write ${collection}: our own stores keep it`);
  }

  const database: LtijsDatabase = {
    async setup() {
      return true;
    },
    async Close() {
      return true;
    },
    async Get(encryptionKey, collection, query) {
      if (views.includes(collection))
        return orFalse((await view(collection)).filter((candidate) => matches(candidate, query)));
      return orFalse((await found(encryptionKey !== false, collection, query)).map(({ item }) => item));
    },
    async Insert(encryptionKey, collection, item, index) {
      refuseViews(collection);
      const key = keyOf(collection, index ?? item);
      const value = valueFor(encryptionKey !== false, collection, key, item);
      if (!(await records.insert({ collection, key, value, createdAt: clock() })))
        throw new AssiduError('conflict', `ltijs has this ${collection} already`);
      return true;
    },
    async Replace(encryptionKey, collection, query, item, index) {
      refuseViews(collection);
      const key = keyOf(collection, { ...item, ...query, ...index });
      const value = valueFor(encryptionKey !== false, collection, key, item);
      await records.replace({ collection, key, value, createdAt: clock() });
      return true;
    },
    async Modify(encryptionKey, collection, query, modification) {
      refuseViews(collection);
      for (const { record, item } of await found(encryptionKey !== false, collection, query)) {
        const changed = { ...item, ...modification };
        const value = valueFor(encryptionKey !== false, collection, record.key, changed);
        await records.replace({ ...record, value });
      }
      return true;
    },
    async Delete(collection, query) {
      refuseViews(collection);
      const doomed = (await records.list(collection)).filter((record) =>
        matches(row.parse(JSON.parse(record.key)), query),
      );
      await Promise.all(doomed.map((record) => records.remove(collection, record.key)));
      return true;
    },
  };
  return database;
}
