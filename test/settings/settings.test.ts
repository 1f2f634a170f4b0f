import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../../config/settings.ts';

const faultsOf = (environment: Record<string, string | undefined>) => {
  const read = readSettings(environment);
  return 'faults' in read ? read.faults : [];
};
const SECRET = 'a secret of more than thirty-two characters';

describe('settings', () => {
  it('have defaults good for a laptop', () => {
    expect(readSettings({})).toEqual({
      settings: {
        port: 3000,
        publicUrl: 'http://localhost:3000',
        secret: undefined,
        dataFolder: './data',
        maxBody: '20mb',
        maxAttachment: '100mb',
        maxStatements: 10_000,
        allowPrivate: false,
        metricsFrom: 'local',
        drain: 0,
        logLevel: 'info',
        mongodbUri: undefined,
      },
    });
  });

  it('are read from the environment; an empty variable is none, what is not ours is left alone', () => {
    const read = readSettings({
      PORT: '8080',
      ASSIDU_URL: 'https://assidu.example.org/',
      ASSIDU_SECRET: SECRET,
      ASSIDU_DATA: '/var/lib/assidu',
      ASSIDU_MAX_BODY: '512kb',
      ASSIDU_MAX_ATTACHMENT: '1mb',
      ASSIDU_MAX_STATEMENTS: '50',
      ASSIDU_ALLOW_PRIVATE: 'true',
      ASSIDU_METRICS: 'network',
      ASSIDU_DRAIN_SECONDS: '15',
      ASSIDU_LOG: 'warn',
      MONGODB_URI: '',
      NODE_ENV: 'production',
      PATH: '/usr/bin',
    });
    expect(read).toEqual({
      settings: {
        port: 8080,
        publicUrl: 'https://assidu.example.org',
        secret: SECRET,
        dataFolder: '/var/lib/assidu',
        maxBody: '512kb',
        maxAttachment: '1mb',
        maxStatements: 50,
        allowPrivate: true,
        metricsFrom: 'network',
        drain: 15_000,
        logLevel: 'warn',
        mongodbUri: undefined,
      },
    });
  });

  it('take the public URL from the port when it is not set', () => {
    expect(readSettings({ PORT: '4000' })).toMatchObject({
      settings: { publicUrl: 'http://localhost:4000' },
    });
  });

  it.each([
    ['ASSIDU_MAX_ATTACHMENT', '0mb'],
    ['ASSIDU_MAX_ATTACHMENT', '1 GB'],
    ['ASSIDU_METRICS', 'everywhere'],
    ['ASSIDU_DRAIN_SECONDS', '1s'],
    ['ASSIDU_MAX_STATEMENTS', '0'],
    ['ASSIDU_MAX_STATEMENTS', '1e3'],
    ['PORT', 'three'],
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['PORT', ' '],
    ['PORT', '0x50'],
    ['ASSIDU_URL', 'assidu.example.org'],
    ['ASSIDU_URL', 'ftp://assidu.example.org'],
    ['ASSIDU_SECRET', 'short'],
    ['ASSIDU_MAX_BODY', '10'],
    ['ASSIDU_MAX_BODY', 'much'],
    ['ASSIDU_LOG', 'loud'],
    ['MONGODB_URI', 'localhost:27017'],
    ['MONGODB_URI', 'mongodb://localhost:27017'],
    ['MONGODB_URI', 'mongodb://localhost:27017/?replicaSet=a'],
  ])('%s=%s is refused with one line that names it', (name, value) => {
    expect(faultsOf({ [name]: value })).toEqual([
      expect.stringMatching(`^${name}: must |^${name}: Invalid `),
    ]);
  });

  it('in production need a secret and a public URL, told together with all other faults', () => {
    expect(faultsOf({ NODE_ENV: 'production' })).toEqual([
      'ASSIDU_SECRET: is needed in production',
      'ASSIDU_URL: is needed in production',
    ]);
    expect(faultsOf({ NODE_ENV: 'production', PORT: 'x', ASSIDU_URL: 'https://a.example.org' })).toEqual([
      expect.stringMatching(/^PORT: /),
      'ASSIDU_SECRET: is needed in production',
    ]);
    expect(faultsOf({ NODE_ENV: 'test' })).toEqual([]);
  });

  it('need a secret with MONGODB_URI: several instances must share it', () => {
    const mongodbUri = 'mongodb://a:b@one.example,two.example/assidu?replicaSet=r';
    expect(faultsOf({ MONGODB_URI: mongodbUri })).toEqual([
      'ASSIDU_SECRET: is needed with MONGODB_URI, the same one for all instances',
    ]);
    expect(readSettings({ MONGODB_URI: mongodbUri, ASSIDU_SECRET: SECRET })).toMatchObject({
      settings: { mongodbUri, secret: SECRET },
    });
  });

  it('never repeat a value in a fault: it may be a secret', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{6,20}$/), (value) => {
        const faults = faultsOf({
          ASSIDU_SECRET: `#${value}#`.slice(0, 30),
          MONGODB_URI: `#${value}#`,
          PORT: `#${value}#`,
        });
        expect(faults).toHaveLength(3);
        expect(faults.join('\n')).not.toContain(`#${value}#`);
      }),
    );
  });
});
