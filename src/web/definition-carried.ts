import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import type { DefinitionForm } from './definition-form.ts';

/** What a form carries from page to page, so that nothing of it needs to be kept here. */
export interface CarriedForm {
  readonly form: DefinitionForm;
  /** The version that was opened; 0 for a cohort that is not there yet. */
  readonly version: number;
  /** Somebody has tried to save it: what is at fault is said from then on. */
  readonly tried: boolean;
}

/** A definition of 1,000 units is a tenth of this. */
const MOST = 8_000_000;

const texts = z.record(z.string(), z.string());
const values = z.record(z.string(), z.unknown());
const rows = z.array(z.object({ fields: texts, kept: values })).max(1_100);
const carried = z.object({
  version: z.int().min(0),
  tried: z.boolean(),
  form: z.object({
    fields: texts,
    rows: z.object({ contexts: rows, breaks: rows, tags: rows, units: rows }),
    kept: values,
    timezone: z.string(),
  }),
});

/** As the text of a hidden field. */
export function packForm(form: CarriedForm): string {
  return deflateRawSync(JSON.stringify(form)).toString('base64url');
}

/** What such a field says; null for what no page of ours wrote. */
export function unpackForm(text: unknown): CarriedForm | null {
  if (typeof text !== 'string' || text === '') return null;
  try {
    const json = inflateRawSync(Buffer.from(text, 'base64url'), { maxOutputLength: MOST }).toString('utf8');
    const read = carried.safeParse(JSON.parse(json));
    return read.success ? read.data : null;
  } catch {
    // Cut short, or from elsewhere.
    return null;
  }
}
