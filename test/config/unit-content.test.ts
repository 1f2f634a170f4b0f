import { describe, expect, it } from 'vitest';
import { cohortDefinitionSchema } from '../../config/cohort-definition.ts';
import { isMarkedAsDone } from '../../config/unit-content.ts';

const url = 'https://content.example.org/course/index.html?lang=fr';
const parse = (unit: Readonly<Record<string, unknown>>) =>
  cohortDefinitionSchema.safeParse({
    id: 'spoc',
    title: 'SPOC',
    kind: 'spoc',
    startsOn: '2026-01-05',
    units: [{ id: 'https://units.example/1', ...unit }],
  });
const faults = (content: unknown, unit = {}) =>
  parse({ content, ...unit }).error?.issues.map(({ path }) => path.slice(2).join('.')) ?? [];

describe('a unit that is a page of ours', () => {
  it.each([
    ['a link', { url, launch: 'link' }],
    ['xAPI content', { url, launch: 'xapi' }],
    ['cmi5 content', { url, launch: 'cmi5', publisherId: 'urn:au:1' }],
    ['nothing but a mark', { markAsDone: true }],
    ['content that is marked as done too', { url, launch: 'xapi', markAsDone: true }],
    ['content of this machine, by http', { url: 'http://localhost:8080/index.html', launch: 'link' }],
  ])('may be %s, and its definition can be applied again as it was kept', (_, content) => {
    const parsed = parse({ content });
    expect(parsed.data?.units[0]?.content).toEqual(content);
    expect(cohortDefinitionSchema.parse(parsed.data)).toEqual(parsed.data);
  });

  it.each([
    ['nothing at all', {}, 'content'],
    ['a mark that is none', { markAsDone: false }, 'content'],
    ['a launch to nowhere', { launch: 'xapi' }, 'content.url'],
    ['an address without a way to open it', { url }, 'content.launch'],
    ['plain http', { url: 'http://content.example.org/', launch: 'link' }, 'content.url'],
    ['a script', { url: 'javascript:alert(1)', launch: 'link' }, 'content.url'],
    ['a user name', { url: 'https://me:secret@content.example.org/', launch: 'link' }, 'content.url'],
    ['a parameter of the launch', { url: `${url}&endpoint=https://x.org`, launch: 'xapi' }, 'content.url'],
    ['no address', { url: 'index.html', launch: 'link' }, 'content.url'],
    [
      'a publisher’s id without cmi5',
      { url, launch: 'xapi', publisherId: 'urn:au:1' },
      'content.publisherId',
    ],
    [
      'the unit’s id for the publisher’s',
      { url, launch: 'cmi5', publisherId: 'https://units.example/1' },
      'content.publisherId',
    ],
    ['an unknown field', { url, launch: 'link', window: 'new' }, 'content'],
  ])('but not %s', (_, content, path) => {
    expect(faults(content)).toContain(path);
  });

  it('is not marked as done where that satisfies nothing', () => {
    expect(faults({ markAsDone: true }, { satisfiedBy: 'Passed' })).toContain('content.markAsDone');
    expect(faults({ url, launch: 'link' }, { satisfiedBy: 'Passed' })).toEqual([]);
  });

  it('is marked as done when it is a mere link, unless it says no', () => {
    const marked = (content: { url: string; launch: 'link' | 'xapi'; markAsDone?: boolean }) =>
      isMarkedAsDone({ satisfiedBy: 'Completed', content });
    expect(marked({ url, launch: 'link' })).toBe(true);
    expect(marked({ url, launch: 'link', markAsDone: false })).toBe(false);
    expect(marked({ url, launch: 'xapi' })).toBe(false);
    expect(isMarkedAsDone({ satisfiedBy: 'Passed', content: { url, launch: 'link' } })).toBe(false);
    expect(isMarkedAsDone({ satisfiedBy: 'Completed' })).toBe(false);
  });
});
