import { type AssiduError, isError } from '../../src/base/errors.ts';
import type { QuarantineStore } from '../../src/storage/ports/quarantine-store.ts';
import { declaredAttachments } from '../attachments/declared.ts';
import type { Intake } from '../intake.ts';
import type { ReceivedPart } from '../multipart/receive.ts';
import { quarantineId } from '../quarantine-id.ts';
import type { Sender } from '../sender.ts';
import type { Statement, XapiVersion } from '../statement/types.ts';

export interface TakeInDeps {
  readonly intake: Intake;
  readonly quarantine: Pick<QuarantineStore, 'put'>;
  /** ms since the epoch. */
  readonly clock: () => number;
}

/** What the fault of a statement is; anything else that goes wrong is ours and stops the look. */
const FAULTS = ['invalid-statement', 'invalid-request', 'conflict', 'too-large'] as const;

/**
 * Takes statements of another LRS in, through the checks of all intake: together, and one by one where one of them is
 * refused; these go to the quarantine. Answers how many.
 */
export async function takeIn(
  sender: Sender,
  texts: readonly string[],
  version: XapiVersion,
  parts: readonly ReceivedPart[] | null,
  deps: TakeInDeps,
): Promise<{ readonly refused: number }> {
  if (texts.length === 0) return { refused: 0 };
  try {
    await deps.intake.accept(sender, `[${texts.join(',')}]`, version, undefined, parts ?? undefined);
    return { refused: 0 };
  } catch (error) {
    if (!isFault(error)) throw error;
  }
  let refused = 0;
  for (const text of texts) {
    try {
      await deps.intake.accept(sender, text, version, undefined, partsOf(text, parts));
    } catch (error) {
      if (!isFault(error)) throw error;
      const { org, writer } = sender;
      await deps.quarantine.put([
        {
          org,
          id: quarantineId(org, writer.keyId, text),
          keyId: writer.keyId,
          receivedAt: deps.clock(),
          version,
          text,
          code: error.code === 'conflict' ? 'conflict' : 'invalid-statement',
          problems: error.problems.length > 0 ? error.problems : [{ path: '', message: error.message }],
        },
      ]);
      refused += 1;
    }
  }
  return { refused };
}

function isFault(error: unknown): error is AssiduError {
  return FAULTS.some((code) => isError(error, code));
}

/** The parts that a statement describes; undefined, which takes it on trust, when the source did not send one it needs. */
function partsOf(text: string, parts: readonly ReceivedPart[] | null): readonly ReceivedPart[] | undefined {
  if (parts === null) return undefined;
  try {
    const statement: Statement = JSON.parse(text);
    const declared = declaredAttachments(statement);
    const wanted = new Set(declared.map(({ attachment }) => attachment.sha2.toLowerCase()));
    const found = parts.filter(({ sha2 }) => wanted.has(sha2));
    const sent = new Set(found.map(({ sha2 }) => sha2));
    const missing = declared.some(
      ({ attachment }) => attachment.fileUrl === undefined && !sent.has(attachment.sha2.toLowerCase()),
    );
    return missing ? undefined : found;
  } catch {
    // Not a statement at all: intake says what is wrong with it.
    return [];
  }
}
