import { randomInt, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../src/storage/embedded/open-embedded.ts';
import { builtCommand } from '../support/built-product.ts';
import { runScript, startScript } from '../support/run-script.ts';
import { COHORT, completion, prepareStore, statementsIn } from './prepare.ts';
import { environmentOf } from './server-process.ts';

const STATEMENTS = 5_000;

describe('an import killed under way', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assidu-kill-import-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** One statement a line, each of its own person; every other one has an id. */
  const writeStatements = (file: string): void => {
    const lines = Array.from({ length: STATEMENTS }, (_, index) =>
      JSON.stringify(completion(index, index % 2 === 0 ? randomUUID() : undefined)),
    );
    writeFileSync(file, `${lines.join('\n')}\n`);
  };

  it('is finished by another one, which stores nothing twice', { timeout: 180_000 }, async () => {
    await prepareStore(folder);
    const file = join(folder, 'statements.ndjson');
    writeStatements(file);
    const killed = startScript(builtCommand(), ['import', 'statements', file], environmentOf(folder));
    const enough = randomInt(1, STATEMENTS / 2);
    const beside = openEmbedded({ folder, mode: 'inline' });
    while ((await beside.statements.head()).seq < enough) await setTimeout(5);
    killed.kill();
    await killed.ended;
    await beside.close();
    const partly = await statementsIn(folder);
    expect(partly.length).toBeGreaterThanOrEqual(enough);

    const ended = await runScript(builtCommand(), ['import', 'statements', file], environmentOf(folder));
    expect(ended).toEqual({ code: 0, stdout: `${STATEMENTS} accepted, 0 refused\n`, stderr: '' });
    const kept = await statementsIn(folder);
    expect(kept.slice(0, partly.length)).toEqual(partly);
    const names = kept.map(({ text }) => JSON.parse(text).actor.account.name);
    expect(names).toHaveLength(STATEMENTS);
    expect(new Set(names).size).toBe(STATEMENTS);
    const verified = await runScript(builtCommand(), ['verify'], environmentOf(folder));
    expect(verified).toEqual({ code: 0, stdout: `${COHORT}: equal\n`, stderr: '' });
  });
});
