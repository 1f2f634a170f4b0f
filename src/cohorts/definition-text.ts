import { isMap, isSeq, LineCounter, parseDocument, stringify } from 'yaml';
import { type CohortDefinition, cohortDefinitionSchema } from '../../config/cohort-definition.ts';
import { isError } from '../base/errors.ts';
import { parseDefinition } from './definitions.ts';

/** A fault in a text: the field it is of ('' for the text as a whole), and the line, from 1, where it can be told. */
export interface TextFault {
  readonly path: string;
  readonly message: string;
  readonly line: number | null;
}

export type DefinitionRead =
  | { readonly definition: CohortDefinition }
  | { readonly faults: readonly TextFault[] };

/** A definition as YAML or JSON (which is YAML), as `assidu cohort apply` takes it. */
export function readDefinitionText(text: string): DefinitionRead {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineOf = (offset: number | undefined): number | null =>
    offset === undefined ? null : lines.linePos(offset).line;
  if (document.errors.length > 0)
    return {
      faults: document.errors.map(({ message, pos }) => ({
        path: '',
        message: message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message,
        line: lineOf(pos[0]),
      })),
    };
  try {
    return { definition: parseDefinition(document.toJS()) };
  } catch (error) {
    if (!isError(error, 'invalid-definition'))
      return { faults: [{ path: '', message: reasonOf(error), line: null }] };
    return {
      faults: error.problems.map(({ path, message }) => ({
        path,
        message,
        line: lineOf(offsetOf(document.contents, path)),
      })),
    };
  }
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

/** Where a field begins in the text; of one that is not there, where that begins which it is missing in. */
function offsetOf(contents: unknown, path: string): number | undefined {
  const steps = path.split(/[.[\]]+/).filter((step) => step !== '');
  let node: unknown = contents;
  let offset = rangeOf(contents);
  for (const step of steps) {
    if (isSeq(node)) node = node.items[Number(step)];
    else if (isMap(node)) {
      const pair = node.items.find(({ key }) => String(key) === step);
      offset = rangeOf(pair?.key) ?? offset;
      node = pair?.value;
    } else return offset;
    if (node === undefined) return offset;
    if (!isMap(node) || Number.isInteger(Number(step))) offset = rangeOf(node) ?? offset;
  }
  return offset;
}

function rangeOf(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range))
    return undefined;
  const [from]: unknown[] = node.range;
  return typeof from === 'number' ? from : undefined;
}

/** A definition as YAML, with what is as it is by default left out: it reads as one that somebody wrote. */
export function definitionText(definition: CohortDefinition): string {
  const brief = withoutDefaults(definition);
  const same =
    JSON.stringify(cohortDefinitionSchema.safeParse(brief).data ?? null) === JSON.stringify(definition);
  return stringify(same ? brief : definition, { lineWidth: 0, aliasDuplicateObjects: false });
}

const UNIT_DEFAULTS: Readonly<Record<string, unknown>> = {
  modality: 'online',
  satisfiedBy: 'Completed',
  cancelled: false,
  weight: 1,
  required: true,
  attempts: 'best',
};

function withoutDefaults({ units, ...rest }: CohortDefinition): Readonly<Record<string, unknown>> {
  return {
    ...rest,
    units: units.map((unit) =>
      Object.fromEntries(Object.entries(unit).filter(([name, value]) => UNIT_DEFAULTS[name] !== value)),
    ),
  };
}
