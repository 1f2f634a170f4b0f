import type { Attachment, Statement } from '../statement/types.ts';

/** An attachment as a statement, or its sub-statement, describes it. */
export interface DeclaredAttachment {
  /** Where it stands: `attachments[0]`, `object.attachments[0]`. */
  readonly path: string;
  readonly attachment: Attachment;
}

/** What a statement says is attached to it and to its sub-statement (1.0.3 Data 2.4.11). */
export function declaredAttachments(statement: Statement): readonly DeclaredAttachment[] {
  const { object } = statement;
  const inner = object.objectType === 'SubStatement' ? object.attachments : undefined;
  return [...listed('attachments', statement.attachments), ...listed('object.attachments', inner)];
}

/** Whether it says that anything is. */
export function declaresAttachments({ attachments, object }: Statement): boolean {
  return (
    attachments !== undefined || (object.objectType === 'SubStatement' && object.attachments !== undefined)
  );
}

function listed(path: string, attachments: readonly Attachment[] = []): readonly DeclaredAttachment[] {
  return attachments.map((attachment, index) => ({ path: `${path}[${index}]`, attachment }));
}
