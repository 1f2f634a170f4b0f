// Names of columns that say who a person is, as people write them, without accents and punctuation.

/** Columns of an address. */
export const EMAIL: readonly string[] = [
  'email',
  'e mail',
  'mail',
  'email address',
  'courriel',
  'adresse e mail',
  'adresse email',
  'adresse mail',
];

/** Columns of the name of an account. */
export const ACCOUNT: readonly string[] = [
  'account',
  'account name',
  'username',
  'user id',
  'login',
  'compte',
  'identifiant',
  'nom d utilisateur',
];

/** Columns of the platform that an account is on. */
export const HOME_PAGE: readonly string[] = [
  'homepage',
  'home page',
  'site',
  'account homepage',
  'plateforme',
  'platform',
];
