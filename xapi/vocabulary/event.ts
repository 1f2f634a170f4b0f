/**
 * What a statement means for a learner's progress (vocabulary.md).
 * Acts are what the learner did; the others change standings or tell of a visit.
 */
export type Meaning =
  | 'started'
  | 'interacted'
  | 'progressed'
  | 'scored'
  | 'completed'
  | 'passed'
  | 'failed'
  | 'joined'
  | 'left'
  | 'attended'
  | 'absent'
  | 'excused'
  | 'visited'
  | 'uncompleted'
  | 'waived'
  | 'contacted'
  | 'satisfied'
  | 'enrolled'
  | 'withdrew'
  | 'suspended'
  | 'resumed'
  | 'none';

/** Meanings that are acts, unless somebody else recorded them or an LMS derived them. */
export const ACTS: ReadonlySet<Meaning> = new Set<Meaning>([
  'started',
  'interacted',
  'progressed',
  'scored',
  'completed',
  'passed',
  'failed',
  'joined',
  'left',
  'attended',
]);

/** Meanings that change a standing, or tell what staff did: only for writers who may (vocabulary.md "Who may say it"). */
export const STANDINGS: ReadonlySet<Meaning> = new Set<Meaning>([
  'attended',
  'absent',
  'excused',
  'waived',
  'contacted',
  'enrolled',
  'withdrew',
  'suspended',
  'resumed',
]);

/** Meanings that a register tells of a session; of two such entries the one recorded last holds (metrics.md "Attended"). */
export const ENTRIES: ReadonlySet<Meaning> = new Set<Meaning>(['attended', 'absent', 'excused']);

/** Who recorded something about a learner, and by what way: a page's register, the API, a file, or a statement. */
export interface Recorder {
  readonly way: 'register' | 'api' | 'file' | 'statement';
  /** Key id, actor key of a person, or name of a file. */
  readonly id: string;
  readonly name: string | null;
}

export const CONTACT_WAYS = ['called', 'wrote', 'met'] as const;
/** How staff got in touch with a learner. */
export type ContactWay = (typeof CONTACT_WAYS)[number];

/** What a register entry, a waiver or a contact tells besides its meaning. */
export interface Entry {
  /** Minutes of presence, 0 or more; null where only the status is told. */
  readonly minutes: number | null;
  /** Why it was waived, or what was said in a contact. */
  readonly reason: string | null;
  readonly recorder: Recorder | null;
  /** Of contacts only; null where the statement does not say. */
  readonly contact?: ContactWay | null;
}

/** What the object is, as far as progress cares: scores of attempts and submissions count for their parent. */
export type ObjectKind = 'course' | 'attempt' | 'submission' | 'other';

/** Played parts of a video in seconds from its start, and its length in seconds where it is told. */
export interface Played {
  readonly segments: readonly (readonly [number, number])[];
  readonly length: number | null;
}

/** One statement, read. Times are ms since the epoch; shares are 0..1. */
export interface LearningEvent {
  readonly statementId: string;
  /** Actor key (xapi/statement/ifi.ts). */
  readonly actor: string;
  readonly at: number;
  readonly stored: number;
  readonly meaning: Meaning;
  readonly act: boolean;
  /** A page of an LMS was looked at: what that means depends on whose unit it is (src/progress/place.ts). */
  readonly view: boolean;
  /** Concluded by an LMS, which may take it back. */
  readonly derived: boolean;
  readonly object: string;
  readonly objectKind: ObjectKind;
  readonly parents: readonly string[];
  readonly groupings: readonly string[];
  /** true: means completed; false: takes an LMS's completion back; null: says nothing of it. Of the very object. */
  readonly completion: boolean | null;
  readonly success: boolean | null;
  readonly score: number | null;
  readonly progress: number | null;
  readonly played: Played | null;
  /** Of register entries, waivers and contacts only. */
  readonly entry?: Entry;
  /** Canonical text of the result: the same event told twice has the same one. */
  readonly result: string;
}
