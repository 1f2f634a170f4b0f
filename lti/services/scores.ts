import type { Registration } from '../../src/storage/ports/registration-store.ts';
import type { PlatformClient, ServiceFailure } from './platform-client.ts';
import { serviceScope } from './scopes.ts';

const SCORE = 'application/vnd.ims.lis.v1.score+json';

/** What is said of a person in a line item (AGS 2.0 §3.4). */
export interface Score {
  readonly scoreGiven: number;
  readonly scoreMaximum: number;
  readonly activityProgress: 'InProgress' | 'Completed';
  readonly comment?: string;
}

/** `refused`: for what it is, whoever asks again; `gone`: there is no such line item; `wait`: later perhaps. */
export type ScoreOutcome =
  | { readonly kind: 'taken'; readonly timestamp: number }
  | {
      readonly kind: 'refused' | 'gone' | 'late' | 'wait';
      readonly failure: ServiceFailure;
      readonly timestamp: number;
    };

export interface Scores {
  /**
   * Sends a score under a time (ms). What Moodle finds not later than the grade it has, to the second (409), is sent once
   * more under a later one.
   */
  send(
    registration: Registration,
    lineItem: string,
    sub: string,
    score: Score,
    timestamp: number,
  ): Promise<ScoreOutcome>;
}

export function createScores(client: PlatformClient): Scores {
  const post = async (
    registration: Registration,
    lineItem: string,
    sub: string,
    score: Score,
    timestamp: number,
  ): Promise<ScoreOutcome> => {
    const answer = await client.send(registration, {
      method: 'POST',
      url: scoresUrl(lineItem),
      scopes: [serviceScope.scores],
      accept: '*/*',
      content: { type: SCORE, text: scoreText(sub, score, timestamp) },
    });
    return answer.kind === 'answer'
      ? { kind: 'taken', timestamp }
      : { kind: kindOf(answer), failure: answer, timestamp };
  };

  return {
    async send(registration, lineItem, sub, score, timestamp) {
      const first = await post(registration, lineItem, sub, score, timestamp);
      if (first.kind !== 'late') return first;
      const later = Math.max(timestamp, first.failure.platformTime ?? 0) + 1_000;
      return post(registration, lineItem, sub, score, later);
    },
  };
}

/** `/scores` belongs before the query: Moodle's line items carry `?type_id=`. */
export function scoresUrl(lineItem: string): string {
  const url = new URL(lineItem);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/scores`;
  return url.href;
}

/**
 * The body of a score. Always FullyGraded and with a score: Moodle erases the grade else (recorded). The time has
 * milliseconds, as Canvas wants it; the maximum goes with the score.
 */
function scoreText(sub: string, { comment, ...score }: Score, timestamp: number): string {
  return JSON.stringify({
    userId: sub,
    ...score,
    ...(comment === undefined ? {} : { comment }),
    timestamp: new Date(timestamp).toISOString(),
    gradingProgress: 'FullyGraded',
  });
}

function kindOf({ status, at }: ServiceFailure): 'refused' | 'gone' | 'late' | 'wait' {
  // Who gets no token has said nothing about the score.
  if (at === 'token') return 'wait';
  if (status === 404) return 'gone';
  if (status === 409) return 'late';
  return status === 400 || status === 422 ? 'refused' : 'wait';
}
