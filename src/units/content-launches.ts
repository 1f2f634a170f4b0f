import { CONTENT_KEY_LIFETIME, type ContentKeys } from '../../xapi/content-keys.ts';
import { etagOf } from '../../xapi/documents/etag.ts';
import type { Intake } from '../../xapi/intake.ts';
import { actorKey } from '../../xapi/statement/ifi.ts';
import type { Agent } from '../../xapi/statement/types.ts';
import { type OwnPlace, ownSender } from '../cohorts/own-statements.ts';
import { cohortActivity } from '../progress/place.ts';
import type { DocumentKey, DocumentStore, ExpectedDocument } from '../storage/ports/document-store.ts';
import { cmi5Activities, launchData, launchedExtensions } from './cmi5-launch.ts';
import type { Cmi5Sessions } from './cmi5-sessions.ts';
import { cmi5LaunchUrl, xapiLaunchUrl } from './launch-url.ts';
import type { OwnUnit } from './own-units.ts';
import { launchedStatement, type Said, viewedStatement } from './statements.ts';

const MINUTE = 60_000;

/** Who opens which content. */
export interface ContentOpening {
  readonly actor: Agent;
  readonly unit: OwnUnit & { readonly content: { readonly url: string } };
  readonly place: OwnPlace & {
    readonly enrolmentId: string;
    readonly platform: string;
    readonly language: string;
  };
}

/** Opens content in one of the ways of `content.launch`; each answers the address to go to. */
export interface ContentLaunches {
  link(opening: ContentOpening): Promise<string>;
  /** The address carries a credential: it is for the learner's browser alone. */
  xapi(opening: ContentOpening): Promise<string>;
  cmi5(opening: ContentOpening): Promise<string>;
}

export interface ContentLaunchDeps {
  readonly documents: Pick<DocumentStore, 'write'>;
  readonly contentKeys: ContentKeys;
  readonly sessions: Cmi5Sessions;
  readonly intake: Intake;
  readonly publicUrl: string;
  /** ms since the epoch. */
  readonly clock: () => number;
  /** Random UUIDs. */
  readonly newId: () => string;
}

export function createContentLaunches(deps: ContentLaunchDeps): ContentLaunches {
  const { documents, contentKeys, sessions, intake, publicUrl, clock, newId } = deps;

  const say = async (
    { actor, unit, place }: ContentOpening,
    statementOf: (said: Said) => Readonly<Record<string, unknown>>,
    more: Partial<OwnPlace> = {},
  ) => {
    const said = statementOf({ id: newId(), actor, unit, place: { ...place, ...more }, at: clock() });
    await intake.accept(ownSender(place.cohort.org, publicUrl), JSON.stringify(said), '1.0.3');
  };

  const keep = async (key: DocumentKey, document: unknown, expected: ExpectedDocument) => {
    const content = Buffer.from(JSON.stringify(document));
    const kept = { contentType: 'application/json', content, etag: etagOf(content), updatedAt: clock() };
    await documents.write(key, kept, expected);
  };

  const launchOf = ({ actor, unit, place }: ContentOpening) => ({
    url: unit.content.url,
    endpoint: `${publicUrl}/xapi/`,
    actor: { ...actor },
    registration: place.enrolmentId,
    activity: unit.id,
  });

  return {
    link: async (opening) => {
      await say(opening, viewedStatement);
      return opening.unit.content.url;
    },
    xapi: async (opening) => {
      const { actor, unit, place } = opening;
      await say(opening, launchedStatement);
      const { key, secret } = await contentKeys.issue({
        org: place.cohort.org,
        name: unit.id.slice(0, 200),
        actor: keyOf(actor),
        registration: place.enrolmentId,
        lifetime: keyLifetime(unit),
      });
      return xapiLaunchUrl(launchOf(opening), {
        auth: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`,
        grouping: place.course?.activity ?? cohortActivity(place.cohort.org, place.cohort.id),
        platform: place.platform,
        language: place.language,
      });
    },
    cmi5: async (opening) => {
      const { actor, unit, place } = opening;
      const { cohort, enrolmentId, language } = place;
      const agent = keyOf(actor);
      const session = newId();
      await sessions.close(unit, place);
      const data = launchData(unit, {
        cohort,
        course: place.course?.activity,
        session,
        returnUrl: `${publicUrl}/cmi5/returned?lang=${language}`,
      });
      const state = { org: cohort.org, kind: 'state', activity: unit.id, agent } as const;
      await keep(
        { ...state, registration: enrolmentId.toLowerCase(), id: 'LMS.LaunchData' },
        data,
        'anything',
      );
      // What the learner has set stays (cmi5 11).
      await keep(
        { ...state, kind: 'agent-profile', activity: '', registration: '', id: 'cmi5LearnerPreferences' },
        { languagePreference: language === 'fr' ? 'fr,en' : 'en,fr', audioPreference: 'on' },
        'absent',
      );
      await say(opening, launchedStatement, {
        also: cmi5Activities(unit),
        extensions: launchedExtensions(unit, session),
      });
      const token = await sessions.begin({
        id: session,
        org: cohort.org,
        cohortId: cohort.id,
        enrolmentId,
        unit: unit.id,
        actor: agent,
        keyLifetime: keyLifetime(unit),
      });
      return cmi5LaunchUrl(launchOf(opening), `${publicUrl}/cmi5/fetch?token=${token}`);
    },
  };
}

function keyOf(actor: Agent): string {
  const key = actorKey(actor);
  if (key === null) throw new Error('an account or mailbox always has a key');
  return key;
}

/** Twice as long as the unit is planned to take, ms; two hours at least. */
function keyLifetime({ plannedMinutes = 0 }: OwnUnit): number {
  return Math.min(
    CONTENT_KEY_LIFETIME.longest,
    Math.max(CONTENT_KEY_LIFETIME.usual, 2 * plannedMinutes * MINUTE),
  );
}
