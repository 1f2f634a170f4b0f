import { CONTACT_WAYS, type ContactWay } from '../../xapi/vocabulary/event.ts';
import type { Problem } from '../base/errors.ts';
import { LONGEST_NOTE } from '../cohorts/contacts.ts';

/** What was filled in, as it came. */
export interface TypedContact {
  readonly way: string;
  readonly on: string;
  readonly note: string;
}

/** Fields of the form that can be at fault; `actor`: the person is not there any more. */
export const CONTACT_FIELDS = ['way', 'on', 'note', 'actor'] as const;
export type ContactField = (typeof CONTACT_FIELDS)[number];

/** A form as it came back. */
export interface ReadContact {
  readonly typed: TypedContact;
  readonly way: ContactWay | null;
  readonly on: string | null;
  readonly note: string | null;
  /** Names this form among all that were shown. */
  readonly form: string;
  readonly faults: readonly ContactField[];
}

/** Reads the fields of a contact. */
export function readContact(body: Readonly<Record<string, unknown>>): ReadContact {
  const text = (name: string) => {
    const value = body[name];
    return typeof value === 'string' ? value.trim().replaceAll('\r\n', '\n') : '';
  };
  const typed = { way: text('way'), on: text('on'), note: text('note') };
  const way = CONTACT_WAYS.find((each) => each === typed.way) ?? null;
  return {
    typed,
    way,
    on: typed.on === '' ? null : typed.on,
    note: typed.note === '' ? null : typed.note,
    form: text('form').slice(0, 100),
    faults: [
      ...(way === null ? (['way'] as const) : []),
      ...(typed.note.length > LONGEST_NOTE ? (['note'] as const) : []),
    ],
  };
}

/** The fields that what was refused names. */
export function refusedFields(problems: readonly Problem[]): readonly ContactField[] {
  return CONTACT_FIELDS.filter((field) => problems.some(({ path }) => path === field));
}
