import type { Intake, Sender } from '../../xapi/intake.ts';
import { appendMembers, topLevelMembers } from '../../xapi/statement/raw-json.ts';
import { contentId } from '../base/content-id.ts';
import { AssiduError } from '../base/errors.ts';
import { adaptStatement } from './adapt.ts';
import { type Item, splitItems } from './split-items.ts';

/** Statements that share a transaction. */
const BATCH = 200;

export interface ImportDeps {
  readonly intake: Intake;
  readonly sender: Sender;
  /** Called as statements become durable or are refused. */
  readonly onProgress: (done: number) => void;
  readonly onRefused: (line: number, reason: string) => void;
}

export interface ImportReport {
  /** Kept now, or before with the same content. */
  readonly accepted: number;
  readonly refused: number;
  /** How many statements had to be changed, by kind of change. */
  readonly adapted: Readonly<Record<string, number>>;
}

interface Ready {
  readonly line: number;
  readonly text: string;
  readonly id: string;
}

/**
 * Imports statements from text. Importing again what was imported stores nothing twice: a statement without id gets one
 * made of its content. A refused statement does not hold up the others. Checked as xAPI 1.0.3, or 2.0 where it says so.
 */
export async function importStatements(
  pieces: AsyncIterable<string>,
  { intake, sender, onProgress, onRefused }: ImportDeps,
): Promise<ImportReport> {
  const adapted: Record<string, number> = {};
  let accepted = 0;
  let refused = 0;
  let batch = new Map<string, Ready>();

  const send = async (texts: readonly Ready[]) => {
    await intake.accept(sender, `[${texts.map(({ text }) => text).join(',')}]`, versionOf(texts));
    accepted += texts.length;
  };
  const refuse = (line: number, reason: string) => {
    refused += 1;
    onRefused(line, reason);
  };
  const flush = async () => {
    const texts = [...batch.values()];
    batch = new Map();
    if (texts.length === 0) return;
    try {
      await send(texts);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      // One of them is at fault: each on its own, so that the others go in.
      for (const each of texts) {
        try {
          await send([each]);
        } catch (fault) {
          if (!isRefusal(fault)) throw fault;
          refuse(each.line, fault.message.replace(/^statement 0: /, ''));
        }
      }
    }
    onProgress(accepted + refused);
  };

  for await (const item of splitItems(pieces)) {
    const read = readItem(item);
    if ('reason' in read) {
      refuse(item.line, read.reason);
      continue;
    }
    if (read.change !== null) adapted[read.change] = (adapted[read.change] ?? 0) + 1;
    if (batch.has(read.ready.id) || batch.size >= BATCH || differs(batch, read.ready)) await flush();
    batch.set(read.ready.id, read.ready);
  }
  await flush();
  return { accepted, refused, adapted };
}

function isRefusal(error: unknown): error is AssiduError {
  return error instanceof AssiduError && error.code !== 'storage' && error.code !== 'internal';
}

function readItem(
  item: Item,
): { readonly ready: Ready; readonly change: string | null } | { readonly reason: string } {
  try {
    const { text, change } = adaptStatement(item.text);
    const id = topLevelMembers(text).find(({ key }) => key === 'id');
    const made = contentId(text);
    return id
      ? { ready: { line: item.line, text, id: text.slice(id.valueStart, id.end).toLowerCase() }, change }
      : {
          ready: { line: item.line, text: appendMembers(text, [['id', JSON.stringify(made)]]), id: made },
          change,
        };
  } catch (error) {
    if (isRefusal(error)) return { reason: error.message };
    throw error;
  }
}

function isSecond({ text }: Ready): boolean {
  return /"version"\s*:\s*"2\.0/.test(text);
}

function versionOf(texts: readonly Ready[]): '1.0.3' | '2.0.0' {
  return texts.some(isSecond) ? '2.0.0' : '1.0.3';
}

/** A batch holds statements of one version. */
function differs(batch: ReadonlyMap<string, Ready>, next: Ready): boolean {
  const [first] = batch.values();
  return first !== undefined && isSecond(first) !== isSecond(next);
}
