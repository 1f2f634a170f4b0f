import { AssiduError } from '../src/base/errors.ts';
import type { StatementStore } from '../src/storage/ports/statement-store.ts';
import type { PlacedStatement } from './bound-key.ts';
import type { Sender } from './sender.ts';
import { VOIDED } from './statement/schema/verb.ts';
import { inBatch } from './statement/validate.ts';

/**
 * Refuses to void what another key wrote, unless the sender may void anything (1.0.3 Data 2.3.2). What is not there yet
 * may be voided by whoever turns out to have written it. Throws `forbidden` naming each statement at fault.
 */
export async function checkVoids(
  statements: Pick<StatementStore, 'get'>,
  { org, writer }: Pick<Sender, 'org' | 'writer'>,
  sent: readonly PlacedStatement[],
): Promise<void> {
  if (writer.voidsAny) return;
  const voiding = sent.flatMap(({ statement: { verb, object }, index }) =>
    verb.id === VOIDED && object.objectType === 'StatementRef'
      ? [{ index, target: object.id.toLowerCase() }]
      : [],
  );
  const problems = [];
  for (const { index, target } of voiding) {
    const found = await statements.get(org, target);
    if (found === null || found.writer.keyId === writer.keyId) continue;
    const message = 'was written with another key: voiding it needs the scope all (xAPI 1.0.3 Data 2.3.2)';
    problems.push(inBatch({ path: 'object.id', message }, index));
  }
  const [first] = problems;
  if (first) throw new AssiduError('forbidden', `${first.path}: ${first.message}`, { problems });
}
