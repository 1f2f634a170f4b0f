import { ACCOUNT, EMAIL, HOME_PAGE } from '../person-columns.ts';

/** What a column of an attendance file tells. */
export const FIELDS = [
  'name',
  'email',
  'upn',
  'account',
  'homePage',
  'session',
  'date',
  'half',
  'status',
  'minutes',
  'joined',
  'left',
  'firstJoined',
  'lastLeft',
  'duration',
  'action',
  'timestamp',
] as const;
export type Field = (typeof FIELDS)[number];

/**
 * Names of columns, without accents and punctuation. Zoom and Teams: as their exports of participants are; BigBlueButton:
 * bbb-learning-dashboard (UserService.js) and its French catalogue; the rest is what people write in registers.
 */
const NAMES: Readonly<Record<Field, readonly string[]>> = {
  name: [
    'name',
    'full name',
    'name original name',
    'participant',
    'learner',
    'nom',
    'nom complet',
    'nom et prenom',
    'prenom et nom',
    'nom nom d origine',
    'nom nom original',
    'apprenant',
    'stagiaire',
  ],
  email: [...EMAIL, 'user email', 'adresse de messagerie', 'e mail de l utilisateur'],
  upn: ['participant id upn', 'id de participant upn', 'id du participant upn', 'upn'],
  account: ACCOUNT,
  homePage: HOME_PAGE,
  session: ['session', 'session id', 'unit', 'seance', 'unite'],
  date: ['date', 'day', 'jour'],
  half: ['half', 'half day', 'demi journee'],
  status: ['status', 'attendance', 'statut', 'presence', 'emargement'],
  minutes: ['minutes', 'minutes of presence', 'minutes present', 'minutes de presence'],
  joined: [
    'join time',
    'joined',
    'heure d arrivee',
    'heure de connexion',
    'heure d entree',
    'heure de participation',
  ],
  left: ['leave time', 'heure de depart', 'heure de deconnexion', 'heure de sortie'],
  firstJoined: [
    'first join',
    'first join time',
    'join',
    'premiere participation',
    'premiere connexion',
    'premier acces',
    'premiere arrivee',
    'rejoindre',
    'rejoint',
  ],
  lastLeft: [
    'last leave',
    'last leave time',
    'left',
    'dernier depart',
    'derniere deconnexion',
    'derniere sortie',
    'quitte',
  ],
  duration: [
    'duration',
    'duration minutes',
    'total duration minutes',
    'in meeting duration',
    'duree',
    'duree minutes',
    'duree totale minutes',
    'duree en reunion',
    'duree dans la reunion',
    'duree de la reunion',
  ],
  action: ['user action', 'action de l utilisateur'],
  timestamp: ['timestamp', 'horodatage'],
};

const FIELD_OF = new Map(FIELDS.flatMap((field) => NAMES[field].map((name) => [name, field] as const)));

/** A text without accents, punctuation and capitals: how names of columns and words of statuses are compared. */
export function plainWord(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** Columns that somebody says what they are, by their name as `plainWord` writes it. */
export type ToldColumns = ReadonlyMap<string, Field>;

/** The fields of a line of column names, by their place; the first column of a name holds. */
export function fieldsOf(cells: readonly string[], columns: ToldColumns): ReadonlyMap<Field, number> {
  const fields = new Map<Field, number>();
  for (const [index, cell] of cells.entries()) {
    const field = columns.get(plainWord(cell)) ?? FIELD_OF.get(plainWord(cell));
    if (field !== undefined && !fields.has(field)) fields.set(field, index);
  }
  return fields;
}
