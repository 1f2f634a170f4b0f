import { describe, expect, it } from 'vitest';
import { adaptStatement } from '../../src/import/adapt.ts';

describe('a statement of a log pipeline', () => {
  it('gets its timestamp under the right name, and keeps every other byte', () => {
    expect(adaptStatement('{"a":1.0,\n "@timestamp" : "2021-11-29T12:37:59Z" }')).toEqual({
      text: '{"a":1.0,\n "timestamp" : "2021-11-29T12:37:59Z" }',
      change: '@timestamp renamed to timestamp',
    });
    expect(adaptStatement('{"\\u0040timestamp":1,"x":"@timestamp","y":{"@timestamp":2}}').text).toBe(
      '{"\\u0040timestamp":1,"x":"@timestamp","y":{"@timestamp":2}}'.replace('"\\u0040', '"'),
    );
  });

  it.each(['{"timestamp":"a","@timestamp":"b"}', '{"x":"\\"@timestamp\\""}', '{"a":{"@timestamp":"b"}}'])(
    'is left alone when it has one, or none at the top: %s',
    (text) => {
      expect(adaptStatement(text)).toEqual({ text, change: null });
    },
  );
});
