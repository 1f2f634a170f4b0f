import type { Intake } from '../../xapi/intake.ts';
import type { Agent } from '../../xapi/statement/types.ts';
import { contentId } from '../base/content-id.ts';
import { isError } from '../base/errors.ts';
import { OWN_KEY_ID, type OwnPlace, ownSender } from '../cohorts/own-statements.ts';
import type { StatementStore } from '../storage/ports/statement-store.ts';
import type { OwnUnit } from './own-units.ts';
import { doneStatement, voidingStatement } from './statements.ts';

/** How often one learner may change their mind about one unit. */
const MOST = 20;

/** Of whom and of what a mark is. */
export interface Marked {
  readonly actor: Agent;
  readonly unit: OwnUnit;
  readonly place: OwnPlace;
}

/** A learner's word that a unit is done. */
export interface Mark {
  readonly statementId: string;
  /** ms since the epoch. */
  readonly at: number;
  /** No more taking back: they did so often enough. */
  readonly last: boolean;
}

/** Marks are statements of ours; taking one back voids it. */
export interface Marks {
  /** The mark that stands; null when there is none. */
  find(marked: Marked): Promise<Mark | null>;
  /** Sets the mark: one statement, however often and from wherever it is asked for. */
  set(marked: Marked): Promise<void>;
  /** Takes the mark back. */
  undo(marked: Marked, mark: Mark): Promise<void>;
}

export function createMarks(deps: {
  readonly statements: Pick<StatementStore, 'get'>;
  readonly intake: Intake;
  readonly publicUrl: string;
  /** ms since the epoch. */
  readonly clock: () => number;
}): Marks {
  const { statements, intake, publicUrl, clock } = deps;

  /** Two tabs that mark at once agree on the id, as do a mark and what takes it back. */
  const idOf = ({ place, unit }: Marked, turn: number) =>
    contentId(['done', place.cohort.org, place.cohort.id, place.enrolmentId, unit.id, turn].join('\n'));

  const look = async (
    marked: Marked,
  ): Promise<{ readonly mark: Mark | null; readonly next: string | null }> => {
    const { org } = marked.place.cohort;
    for (let turn = 0; turn < MOST; turn += 1) {
      const statementId = idOf(marked, turn);
      const held = await statements.get(org, statementId);
      if (held === null) return { mark: null, next: statementId };
      // Ids are no secret: a statement of another writer under one of them is nobody's mark.
      if (held.voidedAt === null && held.writer.keyId === OWN_KEY_ID)
        return { mark: { statementId, at: held.timestamp, last: turn === MOST - 1 }, next: null };
    }
    return { mark: null, next: null };
  };

  const say = async (marked: Marked, statement: Readonly<Record<string, unknown>>) => {
    const sender = ownSender(marked.place.cohort.org, publicUrl);
    try {
      await intake.accept(sender, JSON.stringify(statement), '1.0.3');
    } catch (error) {
      // Somebody said the same at the same time, a moment apart.
      if (!isError(error, 'conflict')) throw error;
    }
  };

  return {
    find: async (marked) => (await look(marked)).mark,
    set: async (marked) => {
      const { next } = await look(marked);
      if (next !== null) await say(marked, doneStatement({ ...marked, id: next, at: clock() }));
    },
    undo: async (marked, { statementId, last }) => {
      if (last) return;
      const id = contentId(['undone', statementId].join('\n'));
      await say(marked, voidingStatement({ id, actor: marked.actor, voided: statementId, at: clock() }));
    },
  };
}
