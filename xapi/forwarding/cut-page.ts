import type { AttachmentStore, KeptAttachment } from '../../src/storage/ports/attachment-store.ts';
import type { StoredStatement } from '../../src/storage/ports/statement-store.ts';
import { withoutMembers } from '../statement/raw-json.ts';

/** A statement on its way out, with what is attached to it. */
export interface Sendable {
  readonly id: string;
  readonly org: string;
  readonly seq: number;
  /** Its own bytes without `stored` and `authority`: these are the receiving LRS's to say (1.0.3 Data 2.4.8, 2.4.9). */
  readonly text: string;
  readonly attachments: readonly KeptAttachment[];
}

/** Statements of one request; when they are dealt with, everything up to `to` is. */
export interface Piece {
  readonly statements: readonly Sendable[];
  readonly to: number;
}

const BATCH = 50;
const BATCH_SIZE = 1_000_000;
const SET_BY_THE_LRS: ReadonlySet<string> = new Set(['stored', 'authority']);

/** A kept statement, ready to be sent. */
export async function sendableOf(
  kept: StoredStatement,
  attachments: Pick<AttachmentStore, 'sentWith'>,
): Promise<Sendable> {
  const { id, org, seq, text } = kept;
  // The word may stand anywhere in the text; where it does not, there are no attachments to look for.
  const attached = /ttachments|\\u/.test(text) ? await attachments.sentWith(org, [id]) : [];
  return { id, org, seq, text: withoutMembers(text, SET_BY_THE_LRS), attachments: attached };
}

/**
 * A stretch of the store's order -> requests: at most 50 statements or about 1 MB each, one with attachments alone.
 * Statements that do not match are passed over with those before them.
 */
export async function cutPage(
  page: readonly StoredStatement[],
  matches: (kept: StoredStatement) => Promise<boolean>,
  attachments: Pick<AttachmentStore, 'sentWith'>,
): Promise<readonly Piece[]> {
  const pieces: Piece[] = [];
  let current: Sendable[] = [];
  let size = 0;
  let passed = page[0] === undefined ? 0 : page[0].seq - 1;
  const close = () => {
    if (current.length > 0) pieces.push({ statements: current, to: passed });
    current = [];
    size = 0;
  };
  for (const kept of page) {
    if (await matches(kept)) {
      const sendable = await sendableOf(kept, attachments);
      const alone = sendable.attachments.length > 0;
      if (alone || current.length >= BATCH || size + sendable.text.length > BATCH_SIZE) close();
      current.push(sendable);
      size += sendable.text.length;
      passed = kept.seq;
      if (alone) close();
    }
    passed = kept.seq;
  }
  if (current.length > 0) close();
  else if (pieces.at(-1)?.to !== passed) pieces.push({ statements: [], to: passed });
  return pieces;
}

/** The same statements in two requests, or each in its own. */
export function split({ statements, to }: Piece, how: 'halves' | 'singles'): readonly Piece[] {
  const length = how === 'singles' ? 1 : Math.ceil(statements.length / 2);
  const pieces: Piece[] = [];
  for (let at = 0; at < statements.length; at += length) {
    const some = statements.slice(at, at + length);
    const last = at + length >= statements.length;
    pieces.push({ statements: some, to: last ? to : (some.at(-1)?.seq ?? to) });
  }
  return pieces;
}
