import { describe, expect, it } from 'vitest';
import { isError } from '../../src/base/errors.ts';
import { readEnrolments } from '../../src/import/enrolments/read-enrolments.ts';

const paris = { timezone: 'Europe/Paris' } as const;
const read = (text: string, options = {}) => readEnrolments(text, { ...paris, ...options });
const faults = (text: string) => read(text).faults.map(({ line, column }) => `${line} ${column}`);

describe('a file of enrolments', () => {
  it('may be headed in French or English, with semicolons, commas or tabs, with a byte order mark', () => {
    const expected = {
      actor: { mbox: 'mailto:zoe@exemple.fr', name: 'Zoé, dite Z' },
      enrolledAt: Date.parse('2026-09-07T00:00+02:00'),
      endedAt: Date.parse('2026-11-02T14:30+01:00'),
      reason: 'withdrawn',
    };
    const french =
      '\uFEFFAdresse e-mail;Nom;Inscrit le;Date de fin;Motif\r\nzoe@exemple.fr;Zoé, dite Z;2026-09-07;2026-11-02 14:30;Désistement\r\n';
    const english =
      'email,name,enrolledAt,endedAt,reason\nzoe@exemple.fr,"Zoé, dite Z",2026-09-07,2026-11-02T14:30,withdrawn';
    for (const text of [french, english, english.replaceAll(',', '\t').replace('Zoé\t', 'Zoé,')])
      expect(read(text)).toEqual({ entries: [expected], faults: [], ignored: [] });
  });
  it('takes a date without a time for a midnight of the cohort, in summer and winter', () => {
    const { entries } = read('email;inscription\na@b.fr;25/10/2026\nc@d.fr;26/10/2026');
    const midnights = ['2026-10-25T00:00+02:00', '2026-10-26T00:00+01:00'].map(Date.parse);
    expect(entries.map(({ enrolledAt }) => enrolledAt)).toEqual(midnights);
  });
  it('names people by account, digest or OpenID as well', () => {
    const text = [
      'account;site;sha1;openid',
      '7;https://lms.example;;',
      ';;ebd31e95054c018b10727ccffd2ef2ec3a016ee9;',
      ';;;https://ana.example/',
    ].join('\n');
    expect(read(text).entries.map(({ actor }) => Object.keys(actor)[0])).toEqual([
      'account',
      'mbox_sha1sum',
      'openid',
    ]);
    expect(read('compte\n7', { homePage: 'https://lms.example' }).entries).toMatchObject([
      { actor: { account: { homePage: 'https://lms.example', name: '7' } } },
    ]);
  });
  it('tells of each fault by line and column, and reads the others', () => {
    const text = [
      'email;compte;debut;fin;motif',
      'a@b.fr;;2026-09-07;;',
      'nobody;;;;',
      ';7;;;',
      'a@b.fr;;someday;;',
      'a@b.fr;;2026-02-30;;',
      'a@b.fr;;2026-09-07;2026-09-01;abandon',
      'a@b.fr;;2026-09-07;;abandon',
      'a@b.fr;;2026-09-07;2026-09-08;ennui',
      ';;2026-09-07;;',
      'a@b.fr;;;;;;;;',
      '',
      '"multi\nline";;;;',
      'a@b.fr;;2026-09-07 25:99;;',
    ].join('\n');
    expect(faults(text)).toEqual([
      '3 email',
      '4 homePage',
      '5 enrolledAt',
      '6 enrolledAt',
      '7 endedAt',
      '8 endedAt',
      '9 reason',
      '10 null',
      '11 null',
      '14 email',
      '15 enrolledAt',
    ]);
    expect(read(text).entries).toHaveLength(1);
  });
  it('does not choose between two identifiers', () => {
    expect(read('email;openid\na@b.fr;https://ana.example/').faults).toMatchObject([
      { line: 2, column: 'openid' },
    ]);
  });
  it('names the columns that it does not use', () => {
    expect(read('email;Couleur\na@b.fr;vert').ignored).toEqual(['Couleur']);
  });
  it.each([
    ['without columns that mean anything', 'couleur;taille\nvert;3', /columns/],
    ['that is empty', '', /columns/],
    ['with the same column twice', 'email;courriel\na@b.fr;a@b.fr', /two columns tell of email/],
    ['whose dates may be read in two ways', 'email;debut\na@b.fr;03/04/2026', /--date-format/],
  ])('%s is refused', (_, text, reason) => {
    try {
      read(text);
      expect.unreachable('was read');
    } catch (error) {
      if (!isError(error, 'invalid-request')) throw error;
      expect(error.message).toMatch(reason);
    }
  });
});
