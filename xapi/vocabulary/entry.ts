import { actorKey } from '../statement/ifi.ts';
import type { Result, Statement } from '../statement/types.ts';
import { CONTACT_WAYS, type ContactWay, ENTRIES, type Entry, type Meaning, type Recorder } from './event.ts';
import { extensionsOf } from './result.ts';

/** The writer of this product's own statements. */
export const OWN_WRITER = 'assidu';
/** Context extension of our own statements: who recorded it and by what way (a `Recorder`). */
export const RECORDED = 'urn:assidu:recorded';
/** cmi5 9.5.5.2: why a unit was waived. */
export const REASON = 'https://w3id.org/xapi/cmi5/result/extensions/reason';

/** Result extensions of a contact: how it was made (a `ContactWay`), and what was said. */
export const CONTACT_WAY = 'urn:assidu:contact:way';
export const CONTACT_NOTE = 'urn:assidu:contact:note';

/** What a register entry, a waiver or a contact tells; undefined for other meanings. */
export function entryOf(
  meaning: Meaning,
  { statement, own }: { readonly statement: Statement; readonly own?: boolean },
): Entry | undefined {
  const contacted = meaning === 'contacted';
  if (meaning !== 'waived' && !contacted && !ENTRIES.has(meaning)) return undefined;
  const extensions = statement.result?.extensions;
  const reason = extensions?.[contacted ? CONTACT_NOTE : REASON];
  return {
    minutes: meaning === 'attended' ? minutesOf(statement.result) : null,
    reason: typeof reason === 'string' ? reason : null,
    recorder: own === true ? toldRecorder(statement) : writerOf(statement),
    ...(contacted ? { contact: wayOf(extensions?.[CONTACT_WAY]) } : {}),
  };
}

function wayOf(told: unknown): ContactWay | null {
  return CONTACT_WAYS.find((way) => way === told) ?? null;
}

/** Minutes of presence: `result.duration`, else an extension whose name ends in `minutes`; null when neither is told. */
function minutesOf(result: Result | undefined): number | null {
  const duration = result?.duration === undefined ? null : durationMinutes(result.duration);
  if (duration !== null) return duration;
  for (const [key, value] of extensionsOf(result))
    if (/[/:#]minutes$/.test(key) && typeof value === 'number' && value >= 0 && Number.isFinite(value))
      return value;
  return null;
}

const PARTS = /^P(?:([\d.]+)W)?(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?$/;

/** ISO 8601 duration -> minutes; null for years and months, whose length nobody knows. */
function durationMinutes(duration: string): number | null {
  const parts = PARTS.exec(duration.replaceAll(',', '.'));
  if (parts === null) return null;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1)
    .map((part) => (part === undefined ? 0 : Number(part)));
  const total = ((weeks * 7 + days) * 24 + hours) * 60 + minutes + seconds / 60;
  return Number.isFinite(total) ? total : null;
}

/** The recorder that one of our own statements names. */
function toldRecorder({ context }: Statement): Recorder | null {
  const told = context?.extensions?.[RECORDED];
  if (typeof told !== 'object' || told === null || !('way' in told) || !('id' in told)) return null;
  const { way, id } = told;
  if (typeof id !== 'string' || (way !== 'register' && way !== 'api' && way !== 'file')) return null;
  return { way, id, name: 'name' in told && typeof told.name === 'string' ? told.name : null };
}

/** Of somebody else's statement: the authority that the store gave it. */
function writerOf({ authority }: Statement): Recorder | null {
  const [id, name] = authority === undefined ? [null] : [actorKey(authority), authority.name];
  return id === null ? null : { way: 'statement', id, name: name ?? null };
}
