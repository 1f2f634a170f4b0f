import { describe, expect, it } from 'vitest';
import type { XapiVersion } from '../../../xapi/statement/types.ts';
import { validateStatement } from '../../../xapi/statement/validate.ts';
import { changed, complete, funStatements, type Loose, minimal, moodleStatements } from './samples.ts';

const VERSIONS: readonly XapiVersion[] = ['1.0.3', '2.0.0'];

const faultsOf = (value: unknown, version: XapiVersion = '1.0.3'): readonly string[] => {
  const validation = validateStatement(value, version);
  return validation.ok ? [] : validation.problems.map((problem) => `${problem.path}: ${problem.message}`);
};

const group = (extra: Loose): Loose => ({ objectType: 'Group', ...extra });
const agent = { mbox: 'mailto:a@example.org' };
const consumer = { account: { homePage: 'https://example.org/oauth', name: 'key' } };
const subStatement = (extra: Loose): Loose =>
  changed(minimal(), 'object', { objectType: 'SubStatement', ...minimal(), ...extra });
const on = (path: string, value: unknown): Loose => changed(complete(), path, value);
const nested = (path: string, value: unknown): Loose =>
  changed(subStatement({ result: {}, context: {} }), `object.${path}`, value);

describe.each(VERSIONS)('validateStatement in version %s', (version) => {
  it('returns the very object it was given, and accepts every property of the standard', () => {
    for (const statement of [minimal(), complete()]) {
      const validation = validateStatement(statement, version);
      expect(validation.ok && validation.statement).toBe(statement);
    }
  });

  it.each([
    ['actor', undefined, 'actor', 'Data 2.4.2'],
    ['verb', undefined, 'verb', 'Data 2.4.3'],
    ['object', undefined, 'object', 'Data 2.4.4'],
    ['actor', [], 'actor', 'Data 2.4.2'],
    ['id', 'AA97B177-9383-4934-8543-0F91A7A028368', 'id', 'Data 2.4.1'],
    ['id', null, 'id', 'Data 2.2'],
    ['Verb', { id: 'http://example.org/v' }, 'Verb', 'Data 2.2'],
    ['extra', 1, 'extra', 'Data 2.4'],
    ['__proto__x', 1, '__proto__x', 'Data 2.4'],
    ['actor.objectType', 'agent', 'actor.objectType', 'Data 2.4.2'],
    ['actor.name', 3, 'actor.name', 'Data 2.4.2.1'],
    ['actor.member', [], 'actor.member', 'Data 2.4.2.1'],
    ['actor.mbox', 'mailto:a@example.org', 'actor', 'Data 2.4.2.1'],
    ['actor.account', undefined, 'actor', 'Data 2.4.2.1'],
    ['actor.account.homePage', 'lms.example.org', 'actor.account.homePage', 'Data 2.4.2.4'],
    ['actor.account.name', undefined, 'actor.account.name', 'Data 2.4.2.4'],
    ['actor', { mbox: 'a@example.org' }, 'actor.mbox', 'Data 2.4.2.3'],
    ['actor', { mbox: 'mailto:example.org' }, 'actor.mbox', 'Data 2.4.2.3'],
    ['actor', { mbox_sha1sum: 'abc' }, 'actor.mbox_sha1sum', 'Data 2.4.2.3'],
    ['actor', { openid: 'example.org/me' }, 'actor.openid', 'Data 2.4.2.3'],
    ['actor', group({}), 'actor.member', 'Data 2.4.2.2'],
    ['actor', group({ ...agent, openid: 'https://example.org' }), 'actor', 'Data 2.4.2.2'],
    ['actor', group({ member: [group({ member: [] })] }), 'actor.member[0].objectType', 'Data 2.4.2.1'],
    ['actor', group({ member: [{}] }), 'actor.member[0]', 'Data 2.4.2.1'],
    ['verb.id', '', 'verb.id', 'Data 2.4.3'],
    ['verb.id', 'completed', 'verb.id', 'Data 2.4.3'],
    ['verb.id', 'ab=c://example.org', 'verb.id', 'Data 2.4.3'],
    ['verb.id', 'http://example.org/a b', 'verb.id', 'Data 2.4.3'],
    ['verb.id', 'http://example.org/%zz', 'verb.id', 'Data 2.4.3'],
    ['verb.display', 'done', 'verb.display', 'Data 4.2'],
    ['verb.display', { en_US: 'done' }, 'verb.display.en_US', 'Data 4.2'],
    ['verb.display', { abcdefghi: 'done' }, 'verb.display.abcdefghi', 'Data 4.2'],
    ['verb.display', { en: null }, 'verb.display.en', 'Data 4.2'],
    ['object.objectType', 'activity', 'object.objectType', 'Data 2.4.4'],
    ['object.id', undefined, 'object.id', 'Data 2.4.4.1'],
    ['object.definition.type', 'course', 'object.definition.type', 'Data 2.4.4.1'],
    ['object.definition.moreInfo', 'nowhere', 'object.definition.moreInfo', 'Data 2.4.4.1'],
    ['object.definition.interactionType', 'Choice', 'object.definition.interactionType', 'Data 2.4.4.1'],
    ['object.definition.interactionType', undefined, 'object.definition.interactionType', 'Data 2.4.4.1'],
    [
      'object.definition.correctResponsesPattern',
      'a',
      'object.definition.correctResponsesPattern',
      'Data 2.4.4.1',
    ],
    [
      'object.definition.choices',
      [{ id: 'a' }, { id: 'a' }],
      'object.definition.choices[1].id',
      'Data 2.4.4.1',
    ],
    ['object.definition.scale', [{ description: {} }], 'object.definition.scale[0].id', 'Data 2.4.4.1'],
    ['object.definition.extensions', { note: 1 }, 'object.definition.extensions.note', 'Data 4.1'],
    ['object', { objectType: 'StatementRef', id: 'x' }, 'object.id', 'Data 2.4.4.3'],
    ['object', { mbox: 'mailto:a@example.org' }, 'object.id', 'Data 2.4.4.1'],
    ['result.score.scaled', 1.01, 'result.score.scaled', 'Data 2.4.5.1'],
    ['result.score.scaled', '0.5', 'result.score.scaled', 'Data 2.4.5.1'],
    ['result.score.raw', 11, 'result.score.raw', 'Data 2.4.5.1'],
    ['result.score.raw', -1, 'result.score.raw', 'Data 2.4.5.1'],
    ['result.score.min', 10, 'result.score.min', 'Data 2.4.5.1'],
    ['result.success', 'true', 'result.success', 'Data 2.4.5'],
    ['result.completion', 1, 'result.completion', 'Data 2.4.5'],
    ['result.response', 1, 'result.response', 'Data 2.4.5'],
    ['result.duration', 'PT', 'result.duration', 'Data 4.6'],
    ['result.extensions', [], 'result.extensions', 'Data 4.1'],
    ['context.registration', 'r', 'context.registration', 'Data 2.4.6'],
    ['context.team', { mbox: 'mailto:a@example.org' }, 'context.team.objectType', 'Data 2.4.2.2'],
    ['context.language', 'fr_CA', 'context.language', 'Data 2.4.6'],
    ['context.statement.objectType', undefined, 'context.statement.objectType', 'Data 2.4.4.3'],
    ['context.contextActivities.parents', [], 'context.contextActivities.parents', 'Data 2.4.6.2'],
    ['context.contextActivities.parent', 'quiz', 'context.contextActivities.parent', 'Data 2.4.6.2'],
    ['context.contextActivities.parent', {}, 'context.contextActivities.parent.id', 'Data 2.4.4.1'],
    ['context.contextActivities.other', [{}], 'context.contextActivities.other[0].id', 'Data 2.4.4.1'],
    ['timestamp', '2024-02-30T10:00:00Z', 'timestamp', 'Data 2.4.7'],
    ['stored', 'now', 'stored', 'Data 2.4.8'],
    ['authority', group({ member: [agent] }), 'authority', 'Data 2.4.9'],
    ['authority', group({ member: [agent, agent] }), 'authority', 'Data 2.4.9'],
    ['authority', group({ member: [agent, consumer, agent] }), 'authority', 'Data 2.4.9'],
    [
      'authority',
      group({ member: [agent, consumer], mbox: 'mailto:g@example.org' }),
      'authority',
      'Data 2.4.9',
    ],
    ['version', '1.1.0', 'version', 'Data 2.4.10'],
    ['version', 1, 'version', 'Data 2.4.10'],
    ['attachments.0.usageType', 'x', 'attachments[0].usageType', 'Data 2.4.11'],
    ['attachments.0.display', undefined, 'attachments[0].display', 'Data 4.2'],
    ['attachments.0.contentType', 'text', 'attachments[0].contentType', 'Data 2.4.11'],
    ['attachments.0.length', 1.5, 'attachments[0].length', 'Data 2.4.11'],
    ['attachments.0.sha2', 'abc', 'attachments[0].sha2', 'Data 2.4.11'],
    ['attachments.0.fileUrl', 'file.txt', 'attachments[0].fileUrl', 'Data 2.4.11'],
    ['attachments', {}, 'attachments', 'Data 2.4.11'],
  ])('refuses %s = %j, naming %s and %s', (path, value, at, clause) => {
    const faults = faultsOf(on(path, value), version);
    const found = faults.filter((fault) => fault.startsWith(`${at}: `));
    expect(found, faults.join('\n')).toHaveLength(1);
    expect(found[0]).toContain(
      version === '1.0.3' ? `(xAPI 1.0.3 ${clause})` : '(xAPI 2.0, IEEE 9274.1.1 4.2.',
    );
  });

  it.each([
    ['id', '6690e6c9-3ef0-4ed3-8b37-7f3964730bee', 'object.id'],
    ['stored', '2024-01-01T00:00:00Z', 'object.stored'],
    ['version', '1.0.0', 'object.version'],
    ['authority', agent, 'object.authority'],
    ['object', { objectType: 'SubStatement', ...minimal() }, 'object.object.objectType'],
    ['actor', {}, 'object.actor'],
    ['result.duration', '1 h', 'object.result.duration'],
    ['verb.id', 'http://adlnet.gov/expapi/verbs/voided', 'object.object'],
  ])('refuses %s = %j in a substatement', (path, value, at) => {
    expect(faultsOf(nested(path, value), version).map((fault) => fault.split(': ')[0])).toContain(at);
  });

  it.each([
    ['an agent', { objectType: 'Agent', ...agent }],
    ['a group', group({ member: [] })],
    ['a statement reference', { objectType: 'StatementRef', id: '6690e6c9-3ef0-4ed3-8b37-7f3964730bee' }],
    ['a substatement', { objectType: 'SubStatement', ...minimal() }],
  ])('takes %s as an object, but then neither revision nor platform', (_name, object) => {
    expect(faultsOf(changed(minimal(), 'object', object), version)).toEqual([]);
    const faults = faultsOf(on('object', object), version);
    expect(faults.map((fault) => fault.split(': ')[0])).toEqual(['context.revision', 'context.platform']);
  });

  it('takes the voiding verb with a statement reference only', () => {
    const voiding = changed(minimal(), 'verb.id', 'http://adlnet.gov/expapi/verbs/voided');
    expect(faultsOf(voiding, version)).toHaveLength(1);
    const object = { objectType: 'StatementRef', id: '6690e6c9-3ef0-4ed3-8b37-7f3964730bee' };
    expect(faultsOf(changed(voiding, 'object', object), version)).toEqual([]);
  });

  it('takes what the standard only advises against', () => {
    const advised: readonly Loose[] = [
      on('result', {}),
      on('verb.display', {}),
      on('object.definition', {}),
      on('context.contextActivities', {}),
      on('timestamp', '2999-01-01T00:00:00Z'),
      on('attachments', []),
      on('object.definition.choices', [{ id: 'with space' }]),
      on('object.definition.interactionType', 'true-false'),
      on('result.duration', 'PT0.123456789S'),
      on('id', '00000000-0000-0000-0000-000000000000'),
      on('authority', group({ member: [agent, consumer] })),
      on('actor.account.name', ''),
      on('object.id', 'urn:articulate:storyline:5Ujw93Dh98n'),
      on('object.id', 'course-v1:FUN-MOOC+00002+session01'),
      on('object.id', 'https://example.org/فعل/خواندن?id[]=1#part'),
    ];
    for (const statement of advised) expect(faultsOf(statement, version)).toEqual([]);
  });

  it('never refuses a statement for what an extension holds', () => {
    const value: unknown = JSON.parse('{"a":null,"__proto__":{"b":[null]},"n":1e400}');
    expect(faultsOf(on('result.extensions', { 'https://example.org/x': value }), version)).toEqual([]);
  });

  it('sees a key named __proto__', () => {
    expect(
      faultsOf({ ...minimal(), ...{ result: JSON.parse('{"extensions":{"__proto__":1}}') } }, version),
    ).toHaveLength(1);
    expect(
      faultsOf({ ...minimal(), verb: JSON.parse('{"id":"a:b","display":{"__proto__":"x"}}') }, version),
    ).toHaveLength(1);
    expect(faultsOf({ ...minimal(), verb: JSON.parse('{"id":"a:b","__proto__":{}}') }, version)).toHaveLength(
      1,
    );
  });

  it.each([[null], [undefined], ['text'], [3], [[]], [true]])('refuses %j as a whole statement', (value) => {
    expect(faultsOf(value, version)).toHaveLength(1);
  });

  it('names every fault of a statement at once', () => {
    const statement = changed(on('result.score.scaled', 2), 'verb.id', 'x');
    expect(faultsOf(statement, version)).toHaveLength(2);
  });

  const moodle = moodleStatements();
  it.skipIf(moodle === null)('accepts all that a real Moodle sent', () => {
    for (const statement of moodle ?? []) expect(faultsOf(statement, version)).toEqual([]);
    expect(moodle).toHaveLength(230);
  });

  const fun = funStatements();
  it.skipIf(fun === null)(
    'accepts the video statements of FUN once @timestamp is renamed, and not before',
    () => {
      expect(faultsOf(fun?.[0], version)[0]).toContain('["@timestamp"]: is not a property');
      const refused = (fun ?? []).filter(
        ({ '@timestamp': timestamp, ...rest }) => faultsOf({ ...rest, timestamp }, version).length > 0,
      );
      expect(refused).toEqual([]);
    },
  );
});

describe('the two versions', () => {
  const contextAgents = [
    { objectType: 'contextAgent', agent, relevantTypes: ['https://example.org/role/coach'] },
  ];
  const contextGroups = [{ objectType: 'contextGroup', group: group({ member: [agent] }) }];

  it('know context agents and groups in 2.0 only', () => {
    const statement = { ...minimal(), context: { contextAgents, contextGroups } };
    expect(faultsOf(statement, '2.0.0')).toEqual([]);
    expect(faultsOf(statement, '1.0.3').map((fault) => fault.split(': ')[0])).toEqual([
      'context.contextAgents',
      'context.contextGroups',
    ]);
  });

  it.each([
    ['contextAgents.0.objectType', 'Agent', 'context.contextAgents[0].objectType'],
    ['contextAgents.0.objectType', undefined, 'context.contextAgents[0].objectType'],
    ['contextAgents.0.agent', {}, 'context.contextAgents[0].agent'],
    ['contextAgents.0.agent', undefined, 'context.contextAgents[0].agent'],
    ['contextAgents.0.relevantTypes', [], 'context.contextAgents[0].relevantTypes'],
    ['contextAgents.0.relevantTypes', ['coach'], 'context.contextAgents[0].relevantTypes[0]'],
    ['contextGroups.0.group', agent, 'context.contextGroups[0].group.objectType'],
    ['contextGroups.0.relevantTypes', [1], 'context.contextGroups[0].relevantTypes[0]'],
  ])('refuse in 2.0 context.%s = %j', (path, value, at) => {
    const statement = { ...minimal(), context: { contextAgents, contextGroups } };
    const faults = faultsOf(changed(statement, `context.${path}`, value), '2.0.0');
    expect(faults.map((fault) => fault.split(': ')[0])).toEqual([at]);
  });

  it.each([
    ['1.0', true, true],
    ['1.0.0', true, true],
    ['1.0.9', true, true],
    ['2.0.0', false, true],
    ['2.0', false, true],
    ['0.95', false, false],
    ['1.1', false, false],
    ['2.1.0', false, false],
    ['1.00', false, false],
  ])('take the version property %s: in 1.0.3 %s, in 2.0 %s', (value, first, second) => {
    expect(faultsOf({ ...minimal(), version: value }, '1.0.3').length === 0).toBe(first);
    expect(faultsOf({ ...minimal(), version: value }, '2.0.0').length === 0).toBe(second);
  });
});
