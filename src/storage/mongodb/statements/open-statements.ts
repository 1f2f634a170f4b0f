import type { StatementStore } from '../../ports/statement-store.ts';
import { createUploads } from '../attachments/uploads.ts';
import type { MongoContext } from '../context.ts';
import { createKeepSaid } from '../said/keep-said.ts';
import { createAppend } from './append.ts';
import { createFinish } from './finish.ts';
import { createHorizons, type Horizons } from './horizon.ts';
import { createJournal } from './journal.ts';
import { createReferences } from './references.ts';
import { createStatements } from './statements.ts';
import { createSweeper, type Sweeper } from './sweeper.ts';

/** The statements, and what finishes batches that other instances have left after so many ms. */
export function openStatements(
  context: MongoContext,
  lease: number,
): { readonly statements: StatementStore; readonly horizons: Horizons; readonly sweeper: Sweeper } {
  const journal = createJournal(context);
  const horizons = createHorizons(context);
  const uploads = createUploads(context);
  const finish = createFinish(context, {
    journal,
    horizons,
    references: createReferences(context),
    said: createKeepSaid(context),
    uploads,
  });
  const append = createAppend(context, { journal, horizons, finish, uploads });
  return {
    statements: createStatements(context, append, journal, horizons),
    horizons,
    sweeper: createSweeper(context, { journal, horizons, finish }, lease),
  };
}
