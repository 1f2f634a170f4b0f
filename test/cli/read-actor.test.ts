import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/cli/context.ts';
import { readActor } from '../../src/cli/read-actor.ts';
import { actorKey } from '../../xapi/statement/ifi.ts';

describe('people named in commands', () => {
  it.each([
    ['ana@example.org', 'mbox|mailto:ana@example.org'],
    ['mailto:ana@example.org', 'mbox|mailto:ana@example.org'],
    ['account|https://moodle.example.org|17', 'account|https://moodle.example.org|17'],
    ['account https://moodle.example.org|17', 'account|https://moodle.example.org|17'],
    ['https://moodle.example.org|a|b', 'account|https://moodle.example.org|a|b'],
    ['openid|https://ana.example/', 'openid|https://ana.example/'],
    ['{"mbox":"mailto:ana@example.org"}', 'mbox|mailto:ana@example.org'],
  ])('are understood: %s', (text, key) => {
    expect(actorKey(readActor(text))).toBe(key);
  });

  it.each(['', 'Ana', '{"mbox":', '{"name":"Ana"}', 'mbox_sha1sum|xyz', 'https://moodle.example.org'])(
    'are no names and no guesses: %s',
    (text) => {
      expect(() => readActor(text)).toThrow(UsageError);
    },
  );
});
