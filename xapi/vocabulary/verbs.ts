import type { Meaning, ObjectKind } from './event.ts';
import { isDistrustedScorm, isMoodleTool } from './moodle-logstore.ts';
import { isGroupType } from './object-kind.ts';

/** What a row of the table may look at beside the verb. */
export interface Circumstances {
  readonly objectId: string;
  readonly objectType: string | undefined;
  readonly objectKind: ObjectKind;
  /** The Moodle event behind the statement (moodle-logstore.ts). */
  readonly moodleEvent: string | null;
  /** Told by Open edX (open-edx.ts). */
  readonly openEdx: boolean;
}

type Row = Meaning | ((circumstances: Circumstances) => Meaning);

const ADL = 'http://adlnet.gov/expapi/verbs';
const XAPI_ADL = 'https://w3id.org/xapi/adl/verbs';
const TINCAN = 'http://id.tincanapi.com/verb';
const STREAMS = 'http://activitystrea.ms';
const EDLM = 'https://xapi.edlm/profiles/edlm-lms/concepts/verbs';
const TLA = 'https://w3id.org/xapi/tla/verbs';
const VIDEO = 'https://w3id.org/xapi/video/verbs';

export const JOIN = `${STREAMS}/join`;
export const LEAVE = `${STREAMS}/leave`;
export const VOIDED = `${ADL}/voided`;
export const ATTENDED = `${ADL}/attended`;
export const ABSENT = 'urn:assidu:verb:absent';
export const EXCUSED = 'urn:assidu:verb:excused';
export const CONTACTED = 'urn:assidu:verb:contacted';
export const WAIVED = `${XAPI_ADL}/waived`;

const join: Row = ({ objectType, objectKind }) =>
  isGroupType(objectType) ? 'none' : objectKind === 'course' ? 'enrolled' : 'joined';
const leave: Row = ({ objectType, objectKind }) =>
  isGroupType(objectType) ? 'none' : objectKind === 'course' ? 'withdrew' : 'left';
const onCourse =
  (meaning: Meaning, elsewhere: Meaning = 'none'): Row =>
  ({ objectKind }) =>
    objectKind === 'course' ? meaning : elsewhere;

/** The table of vocabulary.md, by verb; each row may look at the object's type and at the source. */
const ROWS: ReadonlyMap<string, Row> = new Map<string, Row>([
  // ADL verbs and cmi5 (cmi5 9.3): `launched` and `abandoned` are said by the LMS, not by the learner.
  [`${ADL}/completed`, ({ moodleEvent }) => (isDistrustedScorm(moodleEvent) ? 'interacted' : 'completed')],
  [`${ADL}/passed`, 'passed'],
  [`${ADL}/failed`, 'failed'],
  [`${ADL}/attempted`, 'started'],
  [`${ADL}/initialized`, 'started'],
  [`${ADL}/progressed`, 'progressed'],
  [`${ADL}/scored`, 'scored'],
  [ATTENDED, 'attended'],
  [`${STREAMS}/schema/1.0/attend`, 'attended'],
  // No registry has verbs for these three: they are our own.
  [ABSENT, 'absent'],
  [EXCUSED, 'excused'],
  [CONTACTED, 'contacted'],
  // In Moodle, though, it is the learner who opens a SCORM package (sco_launched).
  [`${ADL}/launched`, ({ moodleEvent }) => (isDistrustedScorm(moodleEvent) ? 'started' : 'visited')],
  [`${ADL}/registered`, onCourse('enrolled')],
  [VOIDED, 'none'],
  [`${XAPI_ADL}/abandoned`, 'none'],
  [`${XAPI_ADL}/satisfied`, 'satisfied'],
  [WAIVED, 'waived'],
  // Moodle, logstore_xapi 4.9.0, as recorded.
  [
    `${TINCAN}/viewed`,
    ({ objectKind, objectId }) => (objectKind === 'course' || isMoodleTool(objectId) ? 'visited' : 'started'),
  ],
  [`${EDLM}/uncompleted`, 'uncompleted'],
  [`${EDLM}/login`, 'visited'],
  [`${EDLM}/logout`, 'none'],
  // The clock of a quiz ran out; nobody was there.
  [`${EDLM}/exceeded`, 'none'],
  [`${EDLM}/enrolled`, onCourse('enrolled')],
  [`${TLA}/scored`, 'scored'],
  // Of a lesson it is the learner who suspends and resumes.
  [`${TLA}/suspended`, onCourse('suspended', 'interacted')],
  [`${TLA}/resumed`, onCourse('resumed', 'interacted')],
  [`${STREAMS}/schema/1.0/start`, 'started'],
  [`${STREAMS}/start`, 'started'],
  // Meetings, groups and courses share these verbs.
  [JOIN, join],
  [`${STREAMS}/schema/1.0/join`, join],
  [LEAVE, leave],
  [`${STREAMS}/schema/1.0/leave`, leave],
  // Video profile: playing is progress when the result says how far.
  [`${VIDEO}/played`, 'interacted'],
  [`${VIDEO}/paused`, 'interacted'],
  [`${VIDEO}/seeked`, 'interacted'],
  // Open edX event-routing and Ralph.
  [`${TINCAN}/unregistered`, onCourse('withdrew')],
  [`${TINCAN}/earned`, ({ openEdx }) => (openEdx ? 'scored' : 'interacted')],
]);

/** `viewed`, whose meaning depends on what is looked at (vocabulary.md "viewed"). */
export function isView(verb: string): boolean {
  return verb === `${TINCAN}/viewed`;
}

/** Meaning of a verb in its circumstances; an unknown verb is `interacted` (vocabulary.md). */
export function meaningOfVerb(verb: string, circumstances: Circumstances): Meaning {
  const row = ROWS.get(verb);
  // Profiles in the style of edlm name it under addresses of their own.
  if (row === undefined) return verb.endsWith('/uncompleted') ? 'uncompleted' : 'interacted';
  return typeof row === 'string' ? row : row(circumstances);
}
