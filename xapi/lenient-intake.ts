import type { Problem } from '../src/base/errors.ts';
import type { Logger } from '../src/base/logger.ts';
import type {
  NewQuarantined,
  QuarantineCode,
  QuarantineStore,
} from '../src/storage/ports/quarantine-store.ts';
import { signatureFaults } from './attachments/check-signatures.ts';
import { attachmentFaults, bySha2, strayParts } from './attachments/match-parts.ts';
import { CONFLICT, INTAKE_LIMITS, type IntakeDeps } from './intake.ts';
import { keepStatements } from './keep-statements.ts';
import type { ReceivedPart } from './multipart/receive.ts';
import { quarantineId } from './quarantine-id.ts';
import type { Sender } from './sender.ts';
import { type JudgedStatement, judgeStatements } from './statement/judge-statements.ts';
import type { Statement, XapiVersion } from './statement/types.ts';
import { MAX_PROBLEMS, refusalOf } from './statement/validate.ts';
import { toStore } from './to-store.ts';

/** What became of a request: the ids stored, in order, and how many statements went to the quarantine. */
export interface LenientAnswer {
  readonly ids: readonly string[];
  readonly quarantined: number;
}

/** Intake that keeps the good statements of a request and puts the others into the quarantine. */
export interface LenientIntake {
  /**
   * Everything is durable when it resolves. Throws `invalid-request` for what is no JSON, `too-large`, what the sender's
   * `admit` throws, and `invalid-statement` when an attachment came with nothing but statements that cannot be stored:
   * the quarantine keeps texts only, and nothing that was sent may be lost.
   */
  accept(
    sender: Sender,
    text: string,
    version: XapiVersion,
    parts: readonly ReceivedPart[],
  ): Promise<LenientAnswer>;
}

export interface LenientIntakeDeps extends IntakeDeps {
  readonly quarantine: Pick<QuarantineStore, 'put'>;
  /** ms since the epoch. */
  readonly clock: () => number;
  readonly log: Pick<Logger, 'warn'>;
}

/** A statement that cannot be stored, by its place in the request. */
interface Refused {
  readonly index: number;
  readonly raw: string;
  readonly code: QuarantineCode;
  readonly problems: readonly Problem[];
}

type Good = Extract<JudgedStatement, { readonly statement: Statement }>;

export function createLenientIntake(deps: LenientIntakeDeps): LenientIntake {
  const { statements, quarantine, newId, onStored, clock, log, limits = INTAKE_LIMITS } = deps;

  return {
    accept: async (sender, text, version, parts) => {
      const { listed, judged } = judgeStatements(text, version, limits);
      const sorted = await sort(judged, parts, version);
      let { good } = sorted;
      const refused = [...sorted.refused];
      await sender.admit?.(good.map(({ statement, index }) => ({ statement, index: listed ? index : null })));

      let waiting: readonly Refused[] = refused;
      for (;;) {
        refuseStrayParts(good, refused, parts, listed);
        // Before anything is stored: whatever happens now, the request can be sent again and loses nothing.
        if (waiting.length > 0) {
          await quarantine.put(waiting.map((each) => entryOf(each, sender, version, clock())));
          const { org, writer } = sender;
          log.warn(
            { org, keyId: writer.keyId, quarantined: waiting.length },
            'statements went to the quarantine',
          );
        }
        if (good.length === 0) return { ids: [], quarantined: refused.length };
        const { batch, attachments } = toStore(good, parts, { sender, version, newId });
        const kept = await keepStatements(statements, sender, batch, attachments);
        if (kept.kind === 'stored') {
          onStored({ org: sender.org, keyId: sender.writer.keyId, flagged: kept.flagged });
          return { ids: batch.map(({ indexed }) => indexed.id), quarantined: refused.length };
        }
        const conflicting = new Set(kept.indexes);
        waiting = good
          .filter((_, place) => conflicting.has(place))
          .map(({ index, raw }) => ({ index, raw, code: 'conflict', problems: [CONFLICT] }));
        good = good.filter((_, place) => !conflicting.has(place));
        refused.push(...waiting);
      }
    },
  };
}

/** Valid statements whose attachments are there, and the others. */
async function sort(
  judged: readonly JudgedStatement[],
  parts: readonly ReceivedPart[],
  version: XapiVersion,
): Promise<{ readonly good: readonly Good[]; readonly refused: readonly Refused[] }> {
  const received = bySha2(parts);
  const good: Good[] = [];
  const refused: Refused[] = [];
  for (const each of judged) {
    const problems = each.statement === null ? each.problems : attachmentFaults(each.statement, received);
    const signed =
      each.statement === null || problems.length > 0
        ? []
        : await signatureFaults(each.statement, parts, version, INTAKE_LIMITS);
    const all = [...problems, ...signed].slice(0, MAX_PROBLEMS);
    if (each.statement !== null && all.length === 0) good.push(each);
    else refused.push({ index: each.index, raw: each.raw, code: 'invalid-statement', problems: all });
  }
  return { good, refused };
}

function refuseStrayParts(
  good: readonly Good[],
  refused: readonly Refused[],
  parts: readonly ReceivedPart[],
  listed: boolean,
): void {
  const stray = strayParts(
    good.map(({ statement }) => statement),
    parts,
  );
  if (stray.length === 0) return;
  const faults = refused.flatMap(({ index, problems }) =>
    problems.map((problem) => ({ index: listed ? index : null, problem })),
  );
  throw refusalOf([...faults, ...stray.map((problem) => ({ index: null, problem }))]);
}

function entryOf(
  { raw, code, problems }: Refused,
  { org, writer: { keyId } }: Sender,
  version: XapiVersion,
  receivedAt: number,
): NewQuarantined {
  return {
    org,
    id: quarantineId(org, keyId, raw),
    keyId,
    receivedAt,
    version,
    text: raw,
    code,
    problems,
  };
}
