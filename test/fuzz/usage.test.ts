import { describe, expect, it } from 'vitest';
import { startScript } from '../support/run-script.ts';

describe('npm run fuzz', () => {
  it('says what it takes when asked, and of what it does not know, without a stack', async () => {
    const [help, unknown, odd] = await Promise.all(
      [['--help'], ['--cuont', '3'], ['--count', 'many']].map(
        (args) => startScript('test/fuzz/main.ts', args).ended,
      ),
    );
    expect(help).toMatchObject({ code: 0, stdout: expect.stringContaining('--count N'), stderr: '' });
    expect(unknown).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining("'--cuont'") });
    expect(odd).toMatchObject({ code: 2, stderr: expect.stringContaining('--count must be a whole number') });
    expect(`${unknown?.stderr}${odd?.stderr}`).not.toMatch(/^ {4}at /m);
  });
});
