import { createHash } from 'node:crypto';
import type {
  EndReason,
  EnrolmentChange,
  Identity,
  IdentityLink,
  IdentityRule,
} from '../../src/storage/ports/cohort-store.ts';

/** What is kept of who is who. */
export interface Identities {
  readonly identities: readonly Identity[];
  readonly links: readonly IdentityLink[];
  readonly rules: readonly IdentityRule[];
}

/** Who is who, as known at an instant. */
export interface WhoIsWho {
  /** The person of a learner. */
  personOf(learnerId: string): string;
  /** The person behind an actor; null for nobody, or for two. */
  personBehind(actor: string): string | null;
}

/** docs/identities.md: who is one person is found by going from link to link until nobody is added. */
export function whoIsWho({ identities, links, rules }: Identities, knownAt: number): WhoIsWho {
  const known = identities
    .filter(({ recordedAt }) => recordedAt <= knownAt)
    .sort((a, b) => a.recordedAt - b.recordedAt || (a.actor < b.actor ? -1 : 1));
  const byMail = last(rules.filter(({ recordedAt }) => recordedAt <= knownAt))?.on ?? false;
  const linkOf = (a: string, b: string) =>
    last(
      links
        .filter(({ recordedAt }) => recordedAt <= knownAt)
        .filter(
          ({ learnerId, other }) => (learnerId === a && other === b) || (learnerId === b && other === a),
        ),
    );
  const sameMailbox = (a: string, b: string) =>
    known.some(
      (one) =>
        one.learnerId === a && known.some((two) => two.learnerId === b && shareMailbox(one.actor, two.actor)),
    );
  const areOne = (a: string, b: string) => {
    const link = linkOf(a, b);
    if (link?.linked && (link.by === 'hand' || byMail)) return true;
    return link?.linked !== false && sameMailbox(a, b);
  };
  const learners = [
    ...new Set([
      ...known.map(({ learnerId }) => learnerId),
      ...links.flatMap(({ learnerId, other }) => [learnerId, other]),
    ]),
  ];
  const everybodyWith = (learner: string): readonly string[] => {
    const found = new Set([learner]);
    for (let before = 0; before < found.size; ) {
      before = found.size;
      for (const one of learners) if ([...found].some((other) => areOne(one, other))) found.add(one);
    }
    return [...found];
  };
  const personOf = (learner: string): string => {
    const all = everybodyWith(learner);
    return known.find(({ learnerId }) => all.includes(learnerId))?.learnerId ?? [...all].sort()[0] ?? learner;
  };
  return {
    personOf,
    personBehind: (actor) => {
      const own = known.filter((each) => each.actor === actor);
      const found = own.length > 0 ? own : known.filter((each) => shareMailbox(each.actor, actor));
      const [only, second] = new Set(found.map(({ learnerId }) => personOf(learnerId)));
      return only !== undefined && second === undefined ? only : null;
    },
  };
}

function shareMailbox(a: string, b: string): boolean {
  const digests = (actor: string): readonly string[] => {
    const [kind, text = ''] = actor.split('|');
    if (kind === 'mbox_sha1sum') return [text];
    return kind === 'mbox'
      ? [text, text.toLowerCase()].map((each) => createHash('sha1').update(each).digest('hex'))
      : [];
  };
  return digests(a).some((digest) => digests(b).includes(digest));
}

function last<Item extends { readonly recordedAt: number }>(items: readonly Item[]): Item | undefined {
  return items.reduce<Item | undefined>(
    (held, each) => (held && held.recordedAt > each.recordedAt ? held : each),
    undefined,
  );
}

/** One time that a person is enrolled. */
export interface Stay {
  readonly id: string;
  readonly person: string;
  from: number;
  to: number | null;
  reason: EndReason | null;
  suspended: (readonly [number, number | null])[];
  /** Statements do not move the ending: a person stated it. */
  readonly stated: boolean;
  readonly excluded: boolean;
  /** Until when somebody set it right; nothing before counts. */
  readonly corrected: number;
  /** Begun by a statement. */
  readonly told: boolean;
  /** The ending that was recorded, before a statement told of an earlier one. */
  recorded: { readonly to: number; readonly reason: EndReason | null } | null;
}

/** The change that was recorded last of each episode. */
export function holding(changes: readonly EnrolmentChange[], knownAt: number): readonly EnrolmentChange[] {
  const known = changes.filter(({ recordedAt }) => recordedAt <= knownAt);
  return known
    .filter((change) => change === last(known.filter((other) => other.enrolmentId === change.enrolmentId)))
    .filter(({ undone }) => undone !== true);
}

/** docs/enrolments.md and docs/identities.md: the times that a person was enrolled, of what was recorded of their learners. */
export function recordedStays(person: string, changes: readonly EnrolmentChange[]): Stay[] {
  const stays = changes.map(
    (change): Stay => ({
      id: change.enrolmentId,
      person,
      from: change.enrolledAt,
      to: change.endedAt,
      reason: change.reason,
      suspended: [...change.suspensions],
      stated: change.endedAt !== null && ['api', 'file', 'hand'].includes(change.source),
      excluded: change.reason === 'excluded',
      corrected: change.correctedAt ?? Number.NEGATIVE_INFINITY,
      told: false,
      recorded: null,
    }),
  );
  const out = changes.filter(({ reason }) => reason === 'excluded').map(({ learnerId }) => learnerId);
  const isOut = out.some(
    (learner) => !changes.some(({ learnerId, reason }) => learnerId === learner && reason !== 'excluded'),
  );
  const counted = isOut ? [] : stays.filter(({ excluded }) => !excluded).sort(byBeginning);
  // Two that overlap are one; again until none do.
  for (;;) {
    const pair = counted.flatMap((one) =>
      counted.filter((two) => one !== two && overlap(one, two)).map((two) => [one, two] as const),
    )[0];
    if (pair === undefined) break;
    const [one, two] = [...pair].sort(byBeginning);
    if (one === undefined || two === undefined) break;
    const later = end(two) > end(one) ? two : one;
    counted.splice(counted.indexOf(two), 1);
    counted[counted.indexOf(one)] = {
      ...one,
      to: later.to,
      reason: later.reason,
      stated: later.stated,
      corrected: Math.max(one.corrected, two.corrected),
      suspended: [...one.suspended, ...two.suspended],
    };
  }
  return [...counted, ...stays.filter(({ excluded }) => excluded)];
}

export function byBeginning(a: Stay, b: Stay): number {
  return a.from - b.from || (a.id < b.id ? -1 : 1);
}

const end = ({ to }: Stay) => to ?? Number.POSITIVE_INFINITY;

function overlap(a: Stay, b: Stay): boolean {
  return a.from < end(b) && b.from < end(a);
}

/** What a statement tells of an enrolment. */
export interface ToldOfEnrolment {
  readonly meaning: string;
  readonly at: number;
  readonly actor: string;
}

const ORDER = ['withdrew', 'enrolled', 'suspended', 'resumed'];

/** docs/enrolments.md "Statements": the same times with what statements tell of them, one statement after the other in time. */
export function withStatements(
  person: string,
  recorded: readonly Stay[],
  told: readonly ToldOfEnrolment[],
  enrolFromStatements: boolean,
): readonly Stay[] {
  const excluded = recorded.some((stay) => stay.excluded);
  const stays = recorded.filter((stay) => !stay.excluded).map((stay) => ({ ...stay }));
  const inTime = [...told].sort(
    (a, b) =>
      a.at - b.at || ORDER.indexOf(a.meaning) - ORDER.indexOf(b.meaning) || (a.actor < b.actor ? -1 : 1),
  );
  for (const { meaning, at, actor } of inTime) {
    const before = stays.filter(({ from }) => from <= at).sort(byBeginning);
    const begun = before.at(-1);
    const open = begun && at < end(begun) ? begun : undefined;
    if (meaning === 'enrolled') {
      const cameBack = stays.some((stay) => end(stay) <= at);
      if (open || excluded || !(enrolFromStatements || cameBack)) continue;
      const next = stays.filter(({ from }) => from > at).sort(byBeginning)[0];
      if (next && at <= next.corrected) continue;
      const cut = before.at(-1)?.recorded ?? null;
      const until = cut !== null && cut.to > at ? cut : null;
      stays.push({
        id: `told ${actor} ${at}`,
        person,
        from: at,
        to: until?.to ?? null,
        reason: until?.reason ?? null,
        suspended: [],
        stated: false,
        excluded: false,
        corrected: Number.NEGATIVE_INFINITY,
        told: true,
        recorded: null,
      });
    } else if (open && at > open.corrected) {
      if (meaning === 'suspended') open.suspended = [...open.suspended, [at, null]];
      if (meaning === 'resumed')
        open.suspended = open.suspended.map(([from, to]) =>
          from <= at && (to === null || to > at) ? [from, at] : [from, to],
        );
      if (meaning === 'withdrew' && !open.stated) {
        if (open.to !== null) open.recorded = { to: open.to, reason: open.reason };
        open.to = at;
        open.reason = 'removed';
      }
    }
  }
  // What a statement began and what was recorded of later are one, where the first lasts until then; the last ones first.
  const joined = stays.sort(byBeginning);
  for (let index = joined.length - 2; index >= 0; index -= 1) {
    const [first, next] = [joined[index], joined[index + 1]];
    if (!first?.told || !next || end(first) < next.from) continue;
    joined.splice(index, 2, {
      ...next,
      from: first.from,
      suspended: [...first.suspended, ...next.suspended],
    });
  }
  return joined;
}
