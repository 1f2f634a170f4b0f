import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse';
import { z } from 'zod';

const day = z
  .string()
  .regex(/^-?\d+$|^$/)
  .transform((text) => (text === '' ? null : Number(text)));
const key = { code_module: z.string(), code_presentation: z.string() };
const courseLine = z.object({ ...key, module_presentation_length: z.coerce.number().int() });
const infoLine = z.object({
  ...key,
  id_student: z.string(),
  final_result: z.enum(['Pass', 'Distinction', 'Fail', 'Withdrawn']),
});
const registrationLine = z.object({
  ...key,
  id_student: z.string(),
  date_registration: day,
  date_unregistration: day,
});
const expectedLine = z.object(key).catchall(z.string());
const curveLine = z.object({
  ...key,
  day: z.coerce.number(),
  at_risk: z.coerce.number(),
  events: z.coerce.number(),
  S_delayed_entry: z.coerce.number(),
});

/** One student of a presentation; days are counted from its start, null where there is no date. */
export interface Registration {
  readonly student: string;
  readonly registered: number | null;
  readonly unregistered: number | null;
  readonly result: z.output<typeof infoLine>['final_result'];
}

/** A presentation of the Open University dataset, with what independent code made of it (METHOD.md). */
export interface Presentation {
  readonly module: string;
  readonly presentation: string;
  /** Days. */
  readonly length: number;
  readonly registrations: readonly Registration[];
  /** expected.csv, by the name of the column; a cell may be empty. */
  readonly expected: Readonly<Record<string, string>>;
  /** km_curve.csv. */
  readonly curve: readonly z.output<typeof curveLine>[];
}

/** The presentations that expected.csv has, of a folder with the dataset's files. */
export async function readOulad(folder: string): Promise<readonly Presentation[]> {
  const read = <Line>(file: string, schema: z.ZodType<Line>) => readCsv(join(folder, file), schema);
  const expected = await read('expected.csv', expectedLine);
  const lengths = new Map(
    (await read('courses.csv', courseLine)).map((line) => [nameOf(line), line.module_presentation_length]),
  );
  const results = new Map(
    (await read('studentInfo.csv', infoLine)).map((line) => [
      `${nameOf(line)} ${line.id_student}`,
      line.final_result,
    ]),
  );
  const registrations = new Map<string, Registration[]>();
  for (const line of await read('studentRegistration.csv', registrationLine)) {
    const result = results.get(`${nameOf(line)} ${line.id_student}`);
    if (result === undefined) throw new Error(`no result of ${line.id_student} in ${nameOf(line)}`);
    const list = registrations.get(nameOf(line)) ?? [];
    list.push({
      student: line.id_student,
      registered: line.date_registration,
      unregistered: line.date_unregistration,
      result,
    });
    registrations.set(nameOf(line), list);
  }
  const curves = await read('km_curve.csv', curveLine);
  return expected.map((line) => {
    const length = lengths.get(nameOf(line));
    if (length === undefined) throw new Error(`no length of ${nameOf(line)}`);
    return {
      module: line.code_module,
      presentation: line.code_presentation,
      length,
      registrations: registrations.get(nameOf(line)) ?? [],
      expected: line,
      curve: curves.filter((row) => nameOf(row) === nameOf(line)),
    };
  });
}

function nameOf(line: { readonly code_module: string; readonly code_presentation: string }): string {
  return `${line.code_module} ${line.code_presentation}`;
}

async function readCsv<Line>(path: string, schema: z.ZodType<Line>): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for await (const line of createReadStream(path).pipe(parse({ columns: true })))
    lines.push(schema.parse(line));
  return lines;
}
