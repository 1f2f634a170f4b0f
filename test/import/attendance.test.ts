import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CohortDefinitionInput } from '../../config/cohort-definition.ts';
import type { AttendanceFile, AttendanceReport } from '../../src/import/attendance/import-attendance.ts';
import { openServices, type TurnedServices } from '../support/open-services.ts';

const SITE = 'https://moodle.example';
const session = (name: string, from: string, to: string, change: object = {}) => ({
  id: `${SITE}/session/${name}`,
  title: { fr: `Séance ${name}` },
  modality: 'virtual-class' as const,
  satisfiedBy: 'Attended' as const,
  startsAt: `${from}+02:00`,
  endsAt: `${to}+02:00`,
  ...change,
});
const VIRTUAL = `${SITE}/session/virtual`;
const definition: CohortDefinitionInput = {
  id: 'blended',
  title: 'Blended',
  kind: 'blended',
  timezone: 'Europe/Paris',
  startsOn: '2026-09-01',
  units: [
    session('virtual', '2026-09-22T14:00', '2026-09-22T15:30'),
    session('matin', '2026-10-13T09:00', '2026-10-13T12:00'),
    session('après-midi', '2026-10-13T13:30', '2026-10-13T17:00'),
    session('cancelled', '2026-09-22T14:00', '2026-09-22T15:30', { cancelled: true }),
  ],
};
const PEOPLE = [
  { mbox: 'mailto:Ana.Silva@example.org' },
  { mbox: 'mailto:bruno@example.org' },
  { account: { homePage: SITE, name: '7' } },
  { account: { homePage: SITE, name: 'dup' } },
  { account: { homePage: 'https://other.example', name: 'dup' } },
];

/** A report of Zoom with its lines about the meeting. */
const ZOOM = [
  'Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants',
  '987 6543 2100,Classe virtuelle,09/22/2026 01:55:00 PM,09/22/2026 03:32:00 PM,host@example.org,97,4',
  '',
  'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent',
  '"Silva, Ana (Ana)",ana.silva@example.org,09/22/2026 01:58:30 PM,09/22/2026 02:40:00 PM,42,No,Y',
  '"Silva, Ana (Ana)",ana.silva@example.org,09/22/2026 02:30:00 PM,09/22/2026 03:31:10 PM,61,No,Y',
  'Bruno,bruno@example.org,09/22/2026 02:30:00 PM,09/22/2026 03:00:00 PM,30,Yes,',
  'Host,host@example.org,09/22/2026 01:55:00 PM,09/22/2026 03:32:00 PM,97,No,',
  'bruno,,09/22/2026 02:00:00 PM,09/22/2026 02:10:00 PM,10,Yes,',
].join('\r\n');

const TEAMS = [
  '1. Summary',
  'Meeting title\tClasse virtuelle',
  'Attended participants\t2',
  'Start time\t9/22/26, 1:55:00 PM',
  'End time\t9/22/26, 3:31:02 PM',
  'Meeting duration\t1h 36m 2s',
  'Average attendance time\t55m 13s',
  '',
  '2. Participants',
  'Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole',
  'Ana "A" Silva\t9/22/26, 1:58:00 PM\t9/22/26, 3:31:00 PM\t1h 20m 0s\tana.silva@example.org\tana@tenant.example\tPresenter',
  'Bruno\t9/22/26, 2:30:00 PM\t9/22/26, 3:00:00 PM\t30m 0s\t\tbruno@example.org\tAttendee',
  '',
  '3. In-Meeting Activities',
  'Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole',
  'Ana "A" Silva\t9/22/26, 1:58:00 PM\t9/22/26, 2:50:00 PM\t52m 0s\tana.silva@example.org\tPresenter',
  'Ana "A" Silva\t9/22/26, 3:03:00 PM\t9/22/26, 3:31:00 PM\t28m 0s\tana.silva@example.org\tPresenter',
  'Bruno\t9/22/26, 2:30:00 PM\t9/22/26, 3:00:00 PM\t30m 0s\tbruno@example.org\tAttendee',
  '',
].join('\r\n');

const BBB = [
  'Nom,Modérateur,Activity Score,Temps de conversation,Temps de partage de caméra,Messages,Réactions,Votes du sondage,Mains levées,Rejoindre,Quitté,Duration,Une question ?',
  '"Ana Silva","FALSE","4,1","00:02:11","-","3","0","1","0","22/09/2026 13:58:30","22/09/2026 15:31:10","01:32:40","A"',
  '"Bruno","FALSE","0","-","-","0","0","0","0","22/09/2026 14:00:00","22/09/2026 15:30:00","00:20:00","-"',
  '"Anonyme","","","","","","","","","","","","B"',
].join('\r\n');

const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');

describe('import attendance', () => {
  let turned: TurnedServices;
  const cohort = () => turned.services.definitions.show('default', 'blended', null);
  const take = async (
    text: string | Buffer,
    change: Partial<AttendanceFile> = {},
  ): Promise<AttendanceReport> =>
    turned.services.importAttendance(await cohort(), {
      bytes: Buffer.from(text),
      name: 'file.csv',
      people: null,
      columns: new Map(),
      session: null,
      dateOrder: null,
      timezone: null,
      dry: false,
      ...change,
    });
  const refusal = (text: string, change: Partial<AttendanceFile> = {}) =>
    take(text, change).then(
      () => 'taken in',
      (error: Error) => error.message,
    );
  const minutesOf = async (index: number, id: string) => {
    const { rows } = await turned.services.figures.of('default', 'blended', { asOf: null, knownAt: null });
    const wanted = JSON.stringify(PEOPLE[index]);
    const row = rows.find(({ actor: { objectType: _, ...actor } }) => JSON.stringify(actor) === wanted);
    return row?.sessions.find((each) => each.id === id);
  };

  const start = async () => {
    turned = openServices(Date.parse('2026-11-01T00:00:00Z'));
    await turned.services.definitions.apply('default', definition, 'test');
    await turned.services.enrolments.record(
      await cohort(),
      PEOPLE.map((actor) => ({
        actor: { objectType: 'Agent', ...actor },
        enrolledAt: Date.parse('2026-09-01T00:00:00Z'),
        endedAt: null,
        reason: null,
      })),
      { source: 'api', by: 'test' },
    );
  };

  describe('of Zoom', () => {
    beforeAll(start);
    afterAll(() => turned.close());

    it('says with --dry-run what it would record, and records nothing', async () => {
      expect(await take(ZOOM, { dry: true })).toMatchObject({ recorded: 2, unchanged: 0 });
      expect(await minutesOf(0, VIRTUAL)).toMatchObject({ minutes: 0 });
    });
    it('several connections are their union; rows that match nobody are listed, names are never guessed', async () => {
      expect(await take(ZOOM)).toEqual({
        kind: 'connections',
        sessions: [VIRTUAL],
        rows: 5,
        matched: 3,
        recorded: 2,
        unchanged: 0,
        unmatched: [
          { line: 8, name: 'Host', email: 'host@example.org', account: null, why: 'nobody' },
          { line: 9, name: 'bruno', email: null, account: null, why: 'nobody' },
        ],
      });
      expect(await minutesOf(0, VIRTUAL)).toMatchObject({ status: 'attended', minutes: 90 });
      expect(await minutesOf(1, VIRTUAL)).toMatchObject({ status: 'absent', minutes: 30 });
    });
    it('records nothing the second time', async () => {
      expect(await take(ZOOM, { name: 'renamed.csv' })).toMatchObject({ recorded: 0, unchanged: 2 });
      const { statements } = turned.services.storage;
      expect((await statements.feed(0, 100)).map(({ text }) => JSON.parse(text).verb.id).sort()).toEqual([
        'http://activitystrea.ms/join',
        'http://activitystrea.ms/join',
        'http://activitystrea.ms/leave',
        'http://activitystrea.ms/leave',
      ]);
    });
    it('durations alone are register entries with minutes, never more than the session', async () => {
      const lines = [
        'Name (original name),Email,Total duration (minutes),Guest',
        'Somebody,bruno@example.org,140,Yes',
      ].join('\n');
      expect(await refusal(lines)).toContain('say --session with one of');
      expect(await take(lines, { session: VIRTUAL })).toMatchObject({ kind: 'durations', recorded: 1 });
      expect(await minutesOf(1, VIRTUAL)).toMatchObject({ status: 'attended', minutes: 90 });
    });
    it('times are of the zone told', async () => {
      const utc =
        'Name,Email,Join Time,Leave Time\nx,bruno@example.org,2026-09-22 12:00:00,2026-09-22T13:30:00Z';
      expect(await take(utc, { timezone: 'UTC', dry: true })).toMatchObject({
        sessions: [VIRTUAL],
        recorded: 1,
      });
      expect(await refusal(utc, { timezone: 'America/New_York' })).toContain('leave');
    });
  });

  describe('of Teams', () => {
    beforeAll(start);
    afterAll(() => turned.close());

    it('reads UTF-16 with its three parts: the activities tell connections', async () => {
      expect(await take(utf16(TEAMS))).toMatchObject({
        kind: 'connections',
        rows: 3,
        matched: 3,
        recorded: 2,
      });
      expect(await minutesOf(0, VIRTUAL)).toMatchObject({ minutes: 77 });
      expect(await take(utf16(TEAMS))).toMatchObject({ recorded: 0, unchanged: 2 });
    });
    it('reads another language when somebody says what its columns are', async () => {
      const german = [
        'Name\tBeitrittszeit\tVerlassenszeit\tDauer\tE-Mail\tRolle',
        'Ana\t22.09.2026, 14:00:00\t22.09.2026, 15:00:00\t1h\tana.silva@example.org\tTeilnehmer',
      ].join('\r\n');
      expect(await refusal(utf16(german).toString('utf16le'))).toContain('no columns');
      const columns = new Map([
        ['beitrittszeit', 'joined'],
        ['verlassenszeit', 'left'],
      ] as const);
      expect(await take(utf16(german), { columns, dry: true })).toMatchObject({
        kind: 'connections',
        matched: 1,
      });
    });
    it('without activities the time in the meeting counts, by the user’s principal name too', async () => {
      const [participants = ''] = TEAMS.split('3. In-Meeting');
      expect(await take(utf16(participants))).toMatchObject({
        kind: 'spans',
        matched: 2,
        recorded: 1,
        unchanged: 1,
      });
      expect(await minutesOf(0, VIRTUAL)).toMatchObject({ minutes: 80 });
    });
    it('reads the older form, a line a connection', async () => {
      const older = [
        'Meeting Summary',
        'Total Number of Participants\t2',
        'Meeting Title\tClasse',
        'Meeting Start Time\t9/22/2026, 1:55:00 PM',
        '',
        'Full Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\tParticipant ID (UPN)',
        'Ana\t9/22/2026, 2:00:00 PM\t9/22/2026, 2:50:00 PM\t50m\tana.silva@example.org\tAttendee\tx@y.example',
      ].join('\r\n');
      expect(await take(utf16(older), { dry: true })).toMatchObject({
        kind: 'connections',
        rows: 1,
        matched: 1,
      });
    });
    it('reads the first form, a line a move, with a file that says whose names are', async () => {
      const moves = [
        'Full Name\tUser Action\tTimestamp',
        'Chloé D.\tJoined before\t22/09/2026 14:00:00',
        'Chloé D.\tLeft\t22/09/2026 14:50:00',
      ].join('\r\n');
      expect(await take(utf16(moves), { dry: true })).toMatchObject({ matched: 0 });
      const people = Buffer.from(`nom;compte;site\nchloé  d.;7;${SITE}\n`);
      expect(await take(utf16(moves), { people })).toMatchObject({ matched: 2, recorded: 1 });
      expect(await minutesOf(2, VIRTUAL)).toMatchObject({ minutes: 50 });
    });
  });

  describe('of BigBlueButton', () => {
    beforeAll(start);
    afterAll(() => turned.close());

    it('names nobody by itself; who says whose names are gets joins and leaves, or minutes where they broke off', async () => {
      const report = BBB.split('\r\n').slice(0, 3).join('\r\n');
      expect(await take(report, { dry: true })).toMatchObject({ kind: 'spans', matched: 0 });
      const people = Buffer.from('name,email\nAna Silva,ana.silva@example.org\nBruno,bruno@example.org\n');
      expect(await take(report, { people })).toMatchObject({ matched: 2, recorded: 2 });
      expect(await minutesOf(0, VIRTUAL)).toMatchObject({ status: 'attended', minutes: 90 });
      expect(await minutesOf(1, VIRTUAL)).toMatchObject({ status: 'absent', minutes: 20 });
      expect(await take(report, { people })).toMatchObject({ recorded: 0, unchanged: 2 });
    });
    it('the line of anonymous answers is nobody', async () => {
      expect(await take(BBB, { dry: true })).toMatchObject({ rows: 2, unmatched: { length: 2 } });
    });
  });

  describe('of a register', () => {
    beforeAll(start);
    afterAll(() => turned.close());
    const MORNING = `${SITE}/session/matin`;

    it('in French, with semicolons, by half-day', async () => {
      const register = [
        'Courriel;Identifiant;Date;Demi-journée;Statut;Minutes',
        'ana.silva@example.org;;13/10/2026;matin;Présente;',
        'ana.silva@example.org;;13/10/2026;après-midi;Excusée;0',
        'bruno@example.org;;13/10/2026;matin;absent;',
        ';7;13/10/2026;Matin;présent;120',
        ';;;;;',
        ';dup;13/10/2026;matin;présent;',
        'nobody@example.org;;13/10/2026;matin;présent;',
      ].join('\n');
      const bytes = Buffer.from(register, 'latin1');
      expect(await take(bytes)).toMatchObject({
        kind: 'register',
        rows: 6,
        matched: 4,
        recorded: 4,
        unmatched: [
          { line: 7, account: 'dup', why: 'several' },
          { line: 8, email: 'nobody@example.org', why: 'nobody' },
        ],
      });
      expect(await minutesOf(0, MORNING)).toMatchObject({ status: 'attended', minutes: 180 });
      expect(await minutesOf(0, `${SITE}/session/après-midi`)).toMatchObject({ status: 'excused' });
      expect(await minutesOf(2, MORNING)).toMatchObject({ status: 'absent', minutes: 120 });
      expect(await take(bytes)).toMatchObject({ recorded: 0, unchanged: 4 });
    });
    it('in English, with commas, by account and its site, by the session’s title', async () => {
      const register = `account name,homePage,session,status\ndup,${SITE},Séance matin,excused\n`;
      expect(await take(register)).toMatchObject({ matched: 1, recorded: 1 });
    });

    const faults: readonly [string, string, Partial<AttendanceFile>, RegExp][] = [
      [
        'a status nobody knows',
        'email,status\nbruno@example.org,late',
        { session: MORNING },
        /^line 2: status: late/,
      ],
      ['a session nobody knows', 'email,session,status\nb@x.org,Rien,present', {}, /^line 2: session: Rien/],
      ['a day with two sessions', 'email,date,status\nb@x.org,2026-10-13,present', {}, /several sessions/],
      ['no session', 'email,status\nbruno@example.org,present', {}, /^line 2: session: .*--session/],
      [
        'minutes beyond the session',
        'email,status,minutes\nana.silva@example.org,present,10\nbruno@example.org,present,900',
        { session: MORNING },
        /^line 3: minutes must be at most 180/,
      ],
      [
        'two lines that differ',
        'email,status\nbruno@example.org,present\nbruno@example.org,excused',
        { session: MORNING },
        /^line 3: says something else/,
      ],
      [
        'a date of two readings',
        'email,date,status\nbruno@example.org,10/09/2026,present\nbruno@example.org,11/09/2026,present',
        {},
        /^line 2: 10\/09\/2026 may be day first or month first.*--date-format/,
      ],
      [
        'dates of both orders',
        'email,date,status\nb@x.org,13/10/2026,present\nb@x.org,10/13/2026,present',
        {},
        /both orders/,
      ],
      [
        'a date against the order told',
        'email,date,status\nb@x.org,13/10/2026,present',
        { dateOrder: 'mdy' },
        /^line 2: 13\/10\/2026 is no date mdy/,
      ],
      ['no columns', 'a,b\n1,2', {}, /no columns .*"a,b"/],
      [
        'a cancelled session',
        'email,status\nb@x.org,present',
        { session: `${SITE}/session/cancelled` },
        /no session/,
      ],
    ];
    it.each(faults)('refuses %s, naming the line', async (_, text, change, message) => {
      expect(await refusal(text, change)).toMatch(message);
    });
    it('takes a date of two readings when somebody says which', async () => {
      const text = 'email,date,half,status\nbruno@example.org,10/13/2026,am,present';
      expect(await take(text, { dry: true })).toMatchObject({ matched: 1 });
      expect(await refusal('email,date,status\nb@x.org,09/10/2026,present', { dateOrder: 'dmy' })).toMatch(
        /no session begins on 2026-10-09/,
      );
    });
  });
});
