/** What content is told of the learner who opens it and of the LRS it speaks to. */
export interface ContentLaunch {
  /** The content's own address. */
  readonly url: string;
  /** The LRS, with a slash at the end. */
  readonly endpoint: string;
  /** Agent: an identifier and nothing more. */
  readonly actor: Readonly<Record<string, unknown>>;
  /** The enrolment episode. */
  readonly registration: string;
  /** Id of the unit. */
  readonly activity: string;
}

/** The address of cmi5 content with its launch parameters (cmi5 8.1); `fetch` gives the key, once. */
export function cmi5LaunchUrl(launch: ContentLaunch, fetch: string): string {
  const { endpoint, actor, registration, activity } = launch;
  const agent = JSON.stringify(actor);
  return withQuery(launch.url, { endpoint, fetch, actor: agent, registration, activityId: activity });
}

/**
 * The address of xAPI content with its launch parameters (the "TinCan launch" of Rustici Software, lms_lrs.md "Launch").
 * The convention has the credential itself in the query.
 */
export function xapiLaunchUrl(
  launch: ContentLaunch,
  given: {
    /** Of an `Authorization` header. */
    readonly auth: string;
    /** Activity that the unit is part of. */
    readonly grouping: string;
    /** Name of the LMS. */
    readonly platform: string;
    /** BCP 47. */
    readonly language: string;
  },
): string {
  const { endpoint, actor, registration, activity } = launch;
  return withQuery(launch.url, {
    endpoint,
    auth: given.auth,
    actor: JSON.stringify(actor),
    registration,
    activity_id: activity,
    activity_platform: given.platform,
    grouping: given.grouping,
    'Accept-Language': given.language,
  });
}

/** Keeps the address's own query as it is written; content of the time reads `%20`, not every `+`. */
function withQuery(address: string, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(address);
  const added = Object.entries(parameters).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  url.search = [url.search.replace(/^\?/, ''), ...added].filter((part) => part !== '').join('&');
  return url.href;
}
