import type { EndReason } from '../../storage/ports/cohort-store.ts';
import { plainWord } from '../attendance/columns.ts';
import { ACCOUNT, EMAIL, HOME_PAGE } from '../person-columns.ts';

/** What a column of a file of enrolments tells. */
export const COLUMNS = [
  'email',
  'account',
  'homePage',
  'mbox_sha1sum',
  'openid',
  'name',
  'enrolledAt',
  'endedAt',
  'reason',
] as const;
export type Column = (typeof COLUMNS)[number];

/** Names of columns as people write them, without accents and punctuation. */
const NAMES: Readonly<Record<Column, readonly string[]>> = {
  email: [...EMAIL, 'mbox'],
  account: ACCOUNT,
  homePage: HOME_PAGE,
  mbox_sha1sum: ['mbox sha1sum', 'sha1', 'sha1sum', 'empreinte'],
  openid: ['openid', 'open id'],
  name: [
    'name',
    'full name',
    'learner',
    'nom',
    'nom complet',
    'nom et prenom',
    'prenom et nom',
    'apprenant',
    'stagiaire',
  ],
  enrolledAt: [
    'enrolledat',
    'enrolled at',
    'enrolled',
    'enrolment',
    'start',
    'inscrit le',
    'inscription',
    'date d inscription',
    'debut',
    'entree',
  ],
  endedAt: [
    'endedat',
    'ended at',
    'ended',
    'end',
    'left',
    'fin',
    'date de fin',
    'sorti le',
    'sortie',
    'date de sortie',
  ],
  reason: ['reason', 'end reason', 'motif', 'raison', 'motif de sortie', 'motif de fin'],
};
const COLUMN_OF = new Map(COLUMNS.flatMap((column) => NAMES[column].map((name) => [name, column] as const)));

/** The column of a name; null for a name that is none. */
export function columnOf(name: string): Column | null {
  return COLUMN_OF.get(plainWord(name)) ?? null;
}

const WORDS: readonly (readonly [EndReason, readonly string[]])[] = [
  ['withdrawn', ['withdrawn', 'withdrew', 'retrait', 'desistement', 'desiste', 'abandon', 'demission']],
  ['removed', ['removed', 'retire', 'radie', 'radiation', 'desinscrit', 'desinscription', 'supprime']],
  ['transferred', ['transferred', 'transfer', 'transfert', 'transfere', 'mutation']],
  ['excluded', ['excluded', 'exclu', 'exclue', 'exclusion', 'a exclure']],
];
const REASON_OF = new Map(WORDS.flatMap(([reason, words]) => words.map((word) => [word, reason] as const)));

/** The reason of an ending in English or French; null for a word that is none. */
export function reasonOf(word: string): EndReason | null {
  return REASON_OF.get(plainWord(word)) ?? null;
}
