import { randomUUID } from 'node:crypto';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { createAccessTokens } from '../../lti/services/access-tokens.ts';
import { createPlatformFetch } from '../../lti/services/platform-fetch.ts';
import { PUBLISHED_BEFORE } from '../../lti/tool-keys.ts';
import { Browser, type BrowserPage } from '../platform/browser.ts';
import { toolAt } from '../platform/demo-people.ts';
import { launch, type Pair, usePairs } from './pair.ts';
import { registrationOf } from './tool.ts';

const { ownPair } = usePairs();

describe('our own keys', () => {
  it('rotate without breaking launches, tokens or answers: a new one is known before it signs', async () => {
    let time = Date.now();
    const both = await ownPair({ clock: () => new Date(time) }, { clock: () => time });
    // The first key was made by the machine's own clock, in whatever time that took.
    time = Date.now();
    const { lms, tool } = both;
    const { toolKeys } = tool.lti;
    lms.registerTool(toolAt(tool.origin, { toolJwksUrl: `${tool.origin}/lti/jwks` }));
    const registration = registrationOf(lms);
    /** A platform takes a launch, gives a token, and believes an answer; who signed. */
    const works = async (): Promise<string> => {
      const page: BrowserPage = await new Browser().launch(lms, launch);
      expect(page.status).toBe(200);
      const outgoing = () => Promise.reject(new Error('not asked'));
      const platformFetch = createPlatformFetch({ fetch, outgoing });
      const tokens = createAccessTokens({
        toolKeys,
        fetch: platformFetch,
        clock: () => time,
        newId: randomUUID,
      });
      const scope = 'https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly';
      expect(await tokens.tokenFor(registration, [scope])).toMatchObject({ kind: 'token' });
      const { jwt } = await answer(both);
      await believed(both, jwt, time);
      return decodeProtectedHeader(jwt).kid ?? '';
    };
    const first = await works();
    const before = await answer(both);
    // Two made in the same millisecond have no order.
    time += 1_000;
    const second = await toolKeys.rotate();
    // Platforms that read our keys a moment ago do not know it yet.
    expect(await works()).toBe(first);
    time += PUBLISHED_BEFORE;
    expect(await works()).toBe(second);
    await believed(both, before.jwt, time - PUBLISHED_BEFORE);
    await toolKeys.remove(first);
    expect(await works()).toBe(second);
    await expect(believed(both, before.jwt, time - PUBLISHED_BEFORE)).rejects.toThrow();
    await expect(toolKeys.remove(second)).rejects.toMatchObject({ code: 'conflict' });
    await expect(toolKeys.remove('none')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('sign at once where there is no other that could', async () => {
    const { tool } = await ownPair();
    const { toolKeys } = tool.lti;
    const [old] = await toolKeys.list();
    const young = await toolKeys.rotate();
    await toolKeys.remove(old?.kid ?? '');
    expect((await toolKeys.signing()).kid).toBe(young);
  });
});

/** The answer to a request for links, by somebody who was asked. */
async function answer({ lms, tool }: Pair): Promise<{ readonly jwt: string }> {
  const [one] = tool.launches;
  if (one === undefined) throw new Error('nobody has launched');
  const deepLinking = { returnUrl: lms.url, data: null, links: true, several: true, lineItems: true };
  const context = { launch: { ...one, deepLinking }, registration: registrationOf(lms) };
  return tool.lti.deepLinking.answer(context, []);
}

/** Verifies it as a platform does that reads our keys now. */
async function believed({ tool }: Pair, jwt: string, at: number): Promise<void> {
  const keys = createRemoteJWKSet(new URL(`${tool.origin}/lti/jwks`));
  await jwtVerify(jwt, keys, { currentDate: new Date(at) });
}
