import { toContentSession } from '../../embedded/operations/content-sessions.ts';
import { DECISIONS } from '../../mongodb/decisions-collection.ts';
import { keyOf } from '../../mongodb/keys.ts';
import { CONTENT_SESSIONS } from '../../mongodb/lti/content-sessions-collection.ts';
import { fieldsOf as launchFields, REMEMBERED, useOf } from '../../mongodb/lti/launches.ts';
import { LAUNCHES, LOGINS, SESSIONS } from '../../mongodb/lti/launches-collection.ts';
import { REGISTRATION_CHANGES, WAITING } from '../../mongodb/lti/registrations-collection.ts';
import { LTIJS_RECORDS, TOOL_KEYS } from '../../mongodb/lti/tool-keys-collection.ts';
import type { Launch, LoginAttempt } from '../../ports/launch-store.ts';
import { json, type Move, number, numberOrNull, puts, tableMove, text } from '../move.ts';

/** All registrations become one change that is a whole. */
const registrations: Move = {
  name: 'registrations',
  tables: ['registrations'],
  total: (source) => source.count('registrations'),
  pages: function* (source, after) {
    const rows = source.all('SELECT value FROM registrations ORDER BY rowid');
    if (after !== null || rows.length === 0) return;
    const change = { _id: 1, saved: rows.map((row) => text(row, 'value')), removed: [], whole: true };
    yield { rows: rows.length, next: [1], puts: [puts(REGISTRATION_CHANGES, [change])] };
  },
};

/** Platforms, and what they and browsers have under way. */
export const LTI_MOVES: readonly Move[] = [
  registrations,
  tableMove({
    name: 'waiting deployments',
    table: 'waiting_deployments',
    key: ['registration_id', 'deployment'],
    records: (rows) => [
      puts(
        WAITING,
        rows.map((row) => {
          const [registrationId, deployment] = [text(row, 'registration_id'), text(row, 'deployment')];
          const seenAt = number(row, 'seen_at');
          return { _id: keyOf(registrationId, deployment), registrationId, deployment, seenAt };
        }),
      ),
    ],
  }),
  tableMove({
    name: 'keys of this tool',
    table: 'tool_keys',
    key: ['kid'],
    records: (rows) => [
      puts(
        TOOL_KEYS,
        rows.map((row) => ({
          _id: text(row, 'kid'),
          publicJwk: text(row, 'public_jwk'),
          sealedPrivateJwk: text(row, 'sealed_private_jwk'),
          createdAt: number(row, 'created_at'),
        })),
      ),
    ],
  }),
  tableMove({
    name: 'records of ltijs',
    table: 'ltijs_records',
    key: ['collection', 'key'],
    records: (rows) => [
      puts(
        LTIJS_RECORDS,
        rows.map((row) => {
          const [of, key] = [text(row, 'collection'), text(row, 'key')];
          return {
            _id: keyOf(of, key),
            of,
            key,
            value: text(row, 'value'),
            createdAt: number(row, 'created_at'),
          };
        }),
      ),
    ],
  }),
  tableMove({
    name: 'logins',
    table: 'logins',
    key: ['state'],
    records: (rows) => [
      puts(
        LOGINS,
        rows.map((row) => {
          const { registrationId, expiresAt } = json<LoginAttempt>(row);
          return { _id: text(row, 'state'), registrationId, expiresAt, value: text(row, 'value') };
        }),
      ),
      puts(
        DECISIONS,
        rows.flatMap((row) => {
          const at = numberOrNull(row, 'used_at');
          const expiresAt = number(row, 'expires_at') + REMEMBERED;
          return at === null ? [] : [{ _id: useOf(text(row, 'state')), at, expiresAt }];
        }),
      ),
    ],
  }),
  tableMove({
    name: 'sessions',
    table: 'sessions',
    key: ['hash'],
    records: (rows) => [
      puts(
        SESSIONS,
        rows.map((row) => ({
          _id: text(row, 'hash'),
          org: text(row, 'org'),
          registrationId: text(row, 'registration_id'),
          sub: text(row, 'sub'),
          createdAt: number(row, 'created_at'),
          expiresAt: number(row, 'expires_at'),
        })),
      ),
    ],
  }),
  tableMove({
    name: 'launches',
    table: 'launches',
    key: ['id'],
    records: (rows) => [
      puts(
        LAUNCHES,
        rows.map((row) => launchFields(json<Launch>(row))),
      ),
    ],
  }),
  tableMove({
    name: 'sessions of content',
    table: 'content_sessions',
    key: ['id'],
    records: (rows) => [
      puts(
        CONTENT_SESSIONS,
        rows.map(toContentSession).map((session) => {
          const { id, org, enrolmentId, unit, actor, fetchHash, openedAt } = session;
          return {
            _id: id,
            org,
            enrolmentId,
            unit,
            actor,
            fetchHash,
            openedAt,
            value: JSON.stringify(session),
          };
        }),
      ),
    ],
  }),
];
