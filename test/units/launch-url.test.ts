import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cmi5LaunchUrl, xapiLaunchUrl } from '../../src/units/launch-url.ts';

const actor = { objectType: 'Agent', account: { homePage: 'https://lms.example', name: 'é&=+ #' } };
const launch = {
  url: 'https://content.example.org/index.html?theme=a%20b#start',
  endpoint: 'https://assidu.example/xapi/',
  actor,
  registration: '760e3480-ba55-4991-94b0-01820dbd23a2',
  activity: 'https://units.example/1?x=1&y=2',
};

describe('the address of content with its launch parameters', () => {
  it('keeps the content’s own query and fragment, and says all of cmi5 8.1', () => {
    const address = cmi5LaunchUrl(launch, 'https://assidu.example/cmi5/fetch?token=t');
    expect(address.startsWith('https://content.example.org/index.html?theme=a%20b&endpoint=https')).toBe(
      true,
    );
    const { searchParams, hash } = new URL(address);
    expect(hash).toBe('#start');
    expect([...searchParams.keys()]).toEqual([
      'theme',
      'endpoint',
      'fetch',
      'actor',
      'registration',
      'activityId',
    ]);
    expect(searchParams.get('fetch')).toBe('https://assidu.example/cmi5/fetch?token=t');
    expect(JSON.parse(searchParams.get('actor') ?? '')).toEqual(actor);
    expect(searchParams.get('activityId')).toBe(launch.activity);
  });

  it('says what the launch convention of xAPI asks for', () => {
    const given = { auth: 'Basic YTpi', grouping: 'urn:course', platform: 'Canvas', language: 'fr' };
    const { searchParams } = new URL(xapiLaunchUrl(launch, given));
    expect(Object.fromEntries(searchParams)).toEqual({
      theme: 'a b',
      endpoint: launch.endpoint,
      auth: 'Basic YTpi',
      actor: JSON.stringify(actor),
      registration: launch.registration,
      activity_id: launch.activity,
      activity_platform: 'Canvas',
      grouping: 'urn:course',
      'Accept-Language': 'fr',
    });
  });

  it('gives back every text it was given, whether content decodes it as a form or as a URI', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const address = cmi5LaunchUrl({ ...launch, actor: { name } }, 'https://x.org/?token=t');
        const actorText = JSON.stringify({ name });
        expect(new URL(address).searchParams.get('actor')).toBe(actorText);
        const [, raw = ''] = /[?&]actor=([^&#]*)/.exec(address) ?? [];
        expect(decodeURIComponent(raw)).toBe(actorText);
      }),
      { numRuns: 50 },
    );
  });
});
