import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readSettings, SETTING_NAMES } from '../../config/settings.ts';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const textOf = (path: string) => readFileSync(at(path), 'utf8');

const compose = z.object({
  services: z.record(
    z.string(),
    z.object({
      environment: z.record(z.string(), z.string()).optional(),
      user: z.string().optional(),
      read_only: z.boolean().optional(),
      cap_drop: z.array(z.string()).optional(),
      volumes: z.array(z.string()).optional(),
    }),
  ),
});

/** What `${NAME:?words}` becomes. */
function filled(text: string): string {
  return text.replaceAll(/\$\{(\w+)(?::[?-][^}]*)?\}/g, (_all, name) =>
    name === 'ASSIDU_HOST' ? 'assidu.example.org' : 's'.repeat(40),
  );
}

/** The settings of an environment, every name of which must be known. */
function settingsOf(environment: Readonly<Record<string, string>>) {
  expect(Object.keys(environment).filter((name) => !SETTING_NAMES.includes(name))).toEqual([]);
  const read = readSettings({ ...environment, NODE_ENV: 'production' });
  if ('faults' in read) throw new Error(read.faults.join('\n'));
  return read.settings;
}

describe('compose.yaml', () => {
  const { services } = compose.parse(parse(textOf('compose.yaml'), { merge: true }));
  const appOf = (name: string) => {
    const app = services[name];
    if (!app) throw new Error(`no service ${name}`);
    return app;
  };

  it.each(['app1', 'app2'])(
    'gives %s settings that it understands, and no rights it does not need',
    (name) => {
      const { environment = {}, ...app } = appOf(name);
      const settings = settingsOf(
        Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, filled(value)])),
      );
      expect(settings).toMatchObject({
        publicUrl: 'https://assidu.example.org',
        mongodbUri: expect.stringContaining('replicaSet=assidu'),
        metricsFrom: 'network',
        drain: 10_000,
      });
      expect(app).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
    },
  );

  it('gives both instances the same settings', () => {
    expect(appOf('app2').environment).toEqual(appOf('app1').environment);
  });

  it('holds no secret, and brings in only files that are there', () => {
    expect(textOf('compose.yaml')).not.toMatch(/(?:SECRET|PASSWORD): (?!\$\{)/);
    const files = Object.values(services)
      .flatMap(({ volumes = [] }) => volumes)
      .map((volume) => volume.split(':')[0] ?? '')
      .filter((path) => path.startsWith('./'));
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((path) => !existsSync(at(path)))).toEqual([]);
  });
});

describe('the container file', () => {
  const lines = textOf('Containerfile').split('\n');

  it('takes in what the build needs, and its ignore file lets that through', () => {
    const build = z.object({ include: z.array(z.string()) }).parse(JSON.parse(textOf('tsconfig.build.json')));
    const copied = lines.flatMap((line) => /^COPY (?!--from)(.+) \S+$/.exec(line)?.[1]?.split(' ') ?? []);
    expect(copied).toEqual(expect.arrayContaining(build.include));
    expect(copied.filter((path) => !existsSync(at(path)))).toEqual([]);
    const through = textOf('Containerfile.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'));
    expect(copied.map((path) => `!${path}`).filter((line) => !through.includes(line))).toEqual([]);
  });

  it('runs without root, and begins with the command of the package', () => {
    expect(lines.findLast((line) => line.startsWith('FROM '))).toMatch(/:nonroot$/);
    const { bin } = z
      .object({ bin: z.object({ assidu: z.string() }) })
      .parse(JSON.parse(textOf('package.json')));
    expect(textOf('Containerfile')).toContain(`"${bin.assidu}"]`);
  });
});

describe('deploy/assidu.service', () => {
  const text = textOf('deploy/assidu.service');

  it('names settings that are understood', () => {
    const environment = /^Environment=(.+)$/m.exec(text)?.[1] ?? '';
    const given = Object.fromEntries(environment.split(' ').map((pair) => pair.split('=')));
    settingsOf({ ...given, ASSIDU_URL: 'https://assidu.example.org', ASSIDU_SECRET: 's'.repeat(40) });
  });

  const analyze = '/usr/bin/systemd-analyze';
  if (!existsSync(analyze))
    console.info('SKIPPED: the unit is not shown to systemd, which is not on this machine');
  it.skipIf(!existsSync(analyze))('is a unit that systemd understands', () => {
    expect(execFileSync(analyze, ['verify', at('deploy/assidu.service')], { encoding: 'utf8' })).toBe('');
  });
});

describe('the README', () => {
  it('names every setting', () => {
    const text = textOf('README.md');
    expect(
      SETTING_NAMES.filter((name) => !text.includes(`\`${name}\``) && !text.includes(`${name}=`)),
    ).toEqual([]);
  });
});
