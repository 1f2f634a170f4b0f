import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { EndReason, EnrolmentChange, IdentityLink } from '../../src/storage/ports/cohort-store.ts';
import type { Agent } from '../../xapi/statement/types.ts';
import { maybe } from '../support/arbitraries.ts';
import { agent, enrolled, identityOf } from '../support/scene.ts';
import { keyOf } from './read.ts';

const DAY = 24 * 3_600_000;
/** Instants (ms) between two days, many of them near an end of a day. */
export type Instants = (min: number, max: number) => fc.Arbitrary<number>;

const MAIL = 'mailto:Mel@example.org';
const digest = createHash('sha1').update(MAIL.toLowerCase()).digest('hex');
/** Learners and how statements name them; `mel` and `mex` have one mailbox; nobody knows `zoe`. */
export const AGENTS: Readonly<Record<string, Agent>> = {
  ana: agent('ana'),
  bob: agent('bob'),
  cid: agent('cid'),
  dee: agent('dee'),
  mel: { objectType: 'Agent', mbox: MAIL },
  mex: { objectType: 'Agent', mbox_sha1sum: digest },
  zoe: agent('zoe'),
};
export const LEARNERS = Object.keys(AGENTS).filter((name) => name !== 'zoe');
const REASONS = fc.constantFrom<EndReason | null>(
  'withdrawn',
  'withdrawn',
  'removed',
  'transferred',
  'transferred',
  'excluded',
  null,
);

/** Up to two episodes of a learner, each ended perhaps, and told of later. */
export function episodesOf(who: string, instants: Instants): fc.Arbitrary<readonly EnrolmentChange[]> {
  return fc
    .record({
      enrolledAt: fc.oneof(
        { weight: 3, arbitrary: instants(-3, 1) },
        { weight: 2, arbitrary: instants(-3, 25) },
      ),
      end: maybe(5, fc.tuple(fc.oneof(fc.nat({ max: 25 * DAY }), fc.nat({ max: DAY })), REASONS)),
      again: maybe(
        4,
        fc.tuple(fc.nat({ max: 10 * DAY }), maybe(5, fc.integer({ min: 1, max: 20 * DAY })), REASONS),
      ),
      suspensions: fc.array(
        fc.tuple(instants(-2, 30), fc.option(fc.integer({ min: 1, max: 12 * DAY }), { freq: 3 })),
        { maxLength: 2 },
      ),
      recorded: instants(-4, 20),
      corrected: maybe(1, instants(0, 30)),
      undone: maybe(1, fc.constant(true)),
      source: fc.constantFrom('api' as const, 'roster' as const, 'launch' as const),
    })
    .map(({ enrolledAt, end, again, suspensions, recorded, corrected, undone, source }) => {
      const first = {
        enrolmentId: `${who}-1`,
        enrolledAt,
        suspensions: suspensions.map(([from, length]): [number, number | null] => [
          from,
          length === null ? null : from + length,
        ]),
        recordedAt: recorded,
        source,
        ...(corrected === undefined ? {} : { correctedAt: corrected }),
      };
      const changes = [enrolled(who, first)];
      if (end === undefined) return changes;
      const endedAt = enrolledAt + end[0];
      changes.push(enrolled(who, { ...first, endedAt, reason: end[1], recordedAt: recorded + 5 * DAY }));
      if (undone) changes.push(enrolled(who, { ...first, undone, recordedAt: recorded + 6 * DAY }));
      if (again === undefined) return changes;
      const back = endedAt + again[0];
      const ended = again[1] === undefined ? {} : { endedAt: back + again[1], reason: again[2] };
      changes.push(
        enrolled(who, {
          enrolmentId: `${who}-2`,
          enrolledAt: back,
          recordedAt: recorded + 9 * DAY,
          source,
          ...ended,
        }),
      );
      return changes;
    });
}

/** How a learner is named, known from the start or from later on. */
export function identitiesOf(who: string, instants: Instants) {
  return maybe(2, instants(-3, 20)).map((recordedAt) => {
    const actor = keyOf(AGENTS[who] ?? agent(who));
    return [identityOf(who, { actor, recordedAt: recordedAt ?? -DAY * 365 * 50 })];
  });
}

/** A link between two of them, made or undone. */
export function linksOf(instants: Instants): fc.Arbitrary<IdentityLink> {
  return fc.record({
    org: fc.constant('o'),
    learnerId: fc.constantFrom('ana', 'cid', 'mel'),
    other: fc.constantFrom('bob', 'dee', 'mex'),
    linked: fc.constantFrom(true, true, false),
    by: fc.constantFrom('hand' as const, 'hand' as const, 'email' as const),
    recordedAt: instants(-3, 20),
    recordedBy: fc.constant('test'),
  });
}
