import { randomUUID } from 'node:crypto';
import type { Answer, RunningAssidu } from '../support/start-assidu.ts';

export type Loose = Record<string, unknown>;

/** A small statement of its own, with whatever a test wants to see in it. */
export function statement(changes: Loose = {}): Loose & { readonly id: string } {
  return {
    actor: { mbox: 'mailto:learner@example.org' },
    verb: { id: 'http://adlnet.gov/expapi/verbs/experienced' },
    object: { id: 'https://example.org/course/1' },
    id: randomUUID(),
    ...changes,
  };
}

/** GET /xapi/statements with parameters. */
export function query(assidu: RunningAssidu, parameters: Record<string, string>, headers = {}) {
  return assidu.request('GET', `/xapi/statements?${new URLSearchParams(parameters)}`, undefined, headers);
}

/** The ids of a StatementResult, in its order. */
export function idsOf({ json }: Answer): string[] {
  return json.statements.map(({ id }: { id: string }) => id);
}

/** Which of these statements the LRS has. */
export async function kept(assidu: RunningAssidu, ...statements: readonly { readonly id: string }[]) {
  const answers = await Promise.all(statements.map(({ id }) => query(assidu, { statementId: id })));
  return answers.map(({ status }) => status === 200);
}
