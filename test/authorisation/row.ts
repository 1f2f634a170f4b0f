import type { KeyScope } from '../../src/storage/ports/key-store.ts';
import type { World } from './world.ts';

type Values = Readonly<Record<string, string>>;

/** What is sent, beside who sends it. */
interface Sent {
  /** `METHOD /path`, as it is registered; `*` for any other method. */
  readonly route: string;
  /**
   * Values of parameters, where the usual ones of world.ts (`ids`, by the word before the parameter) do not do. Made anew
   * for each request that is expected to succeed: what deletes is given something of its own to delete.
   */
  readonly values?: (world: World) => Values | Promise<Values>;
  readonly query?: string;
  readonly body?: (world: World) => unknown;
}

/** A route of keys: the LRS, the API. */
export interface KeyRow extends Sent {
  /** Scopes that are enough, or `public`. */
  readonly may: readonly KeyScope[] | 'public';
  /**
   * What the key of another organisation finds at an address that names a thing of ours: nothing (the default), or
   * something of its own, where names are the caller's to give.
   */
  readonly foreign?: 'absent' | 'own';
}

/** Who opens a page, by what it shows. */
export type PageKind =
  /** Whoever has a session. */
  | 'everybody'
  /** One cohort, of which learners see their own path: who comes from its course, staff, DLMs. */
  | 'cohort'
  /** All of one cohort: its staff, DLMs. */
  | 'whole cohort'
  /** What only an enrolled learner does: others who may open the cohort are told so. */
  | 'own work'
  /** One learner's path: staff of the cohort, DLMs, the learner's mentor. */
  | 'learner'
  /** The organisation's aggregates: DLMs, executives; anybody else is told that it is not for them. */
  | 'portfolio'
  /** What staff do with one learner: as for the whole cohort; a mentor of theirs is told that it is not for them. */
  | 'staff work'
  /** The definition of one cohort: DLMs; others who may see the whole of it, or their own path, are told so. */
  | 'configure'
  /** A definition of a cohort that is not there yet: DLMs; anybody else is told that it is not for them. */
  | 'new cohort'
  /** An answer to deep linking, which nobody here was asked for. */
  | 'nobody';

/** A page of a launch, below /app/:launch. */
export interface PageRow extends Sent {
  readonly may: PageKind;
  /** Fields of a form. */
  readonly form?: Readonly<Record<string, string>>;
}

/** A route that needs no session and no key. Without what it needs it must refuse, below 500. */
export type PublicRow = Sent & { readonly status: readonly number[] };
