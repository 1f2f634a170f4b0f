import { toInvitation } from '../../embedded/operations/invitations.ts';
import { toKey } from '../../embedded/operations/keys.ts';
import { ACCESS_KEYS } from '../../mongodb/access/access-keys-collection.ts';
import { revocationOf } from '../../mongodb/access/grants.ts';
import { GRANTS } from '../../mongodb/access/grants-collection.ts';
import { useOf } from '../../mongodb/access/invitations.ts';
import { INVITATIONS } from '../../mongodb/access/invitations-collection.ts';
import { ORGANISATIONS } from '../../mongodb/access/organisations.ts';
import { DECISIONS } from '../../mongodb/decisions-collection.ts';
import { type Move, number, numberOrNull, puts, tableMove, text } from '../move.ts';

/** Who may what. */
export const ACCESS_MOVES: readonly Move[] = [
  tableMove({
    name: 'keys',
    table: 'keys',
    key: ['id'],
    records: (rows) => [
      puts(
        ACCESS_KEYS,
        rows.map(toKey).map((key) => ({
          _id: key.key,
          id: key.id,
          org: key.org,
          boundActor: key.boundTo?.actor ?? null,
          createdAt: key.createdAt,
          value: JSON.stringify(key),
        })),
      ),
    ],
  }),
  tableMove({
    name: 'invitations',
    table: 'invitations',
    key: ['hash'],
    records: (rows) => {
      const invitations = rows.map(toInvitation);
      return [
        puts(
          INVITATIONS,
          invitations.map(({ hash, usedAt, usedBy, ...invitation }) => ({ _id: hash, ...invitation })),
        ),
        puts(
          DECISIONS,
          invitations.flatMap(({ hash, usedAt, usedBy }) =>
            usedAt === null ? [] : [{ _id: useOf(hash), at: usedAt, by: usedBy ?? '' }],
          ),
        ),
      ];
    },
  }),
  tableMove({
    name: 'roles',
    table: 'grants',
    key: ['id'],
    records: (rows) => [
      puts(
        GRANTS,
        rows.map((row) => ({
          _id: text(row, 'id'),
          org: text(row, 'org'),
          registrationId: text(row, 'registration_id'),
          sub: text(row, 'sub'),
          grantedAt: number(row, 'granted_at'),
          value: text(row, 'value'),
        })),
      ),
      puts(
        DECISIONS,
        rows.flatMap((row) => {
          const at = numberOrNull(row, 'revoked_at');
          return at === null ? [] : [{ _id: revocationOf(text(row, 'id')), at, by: text(row, 'revoked_by') }];
        }),
      ),
    ],
  }),
  tableMove({
    name: 'organisations',
    table: 'organisations',
    key: ['org'],
    records: (rows) => [
      puts(
        ORGANISATIONS,
        rows.map((row) => ({ _id: text(row, 'org'), value: text(row, 'value') })),
      ),
    ],
  }),
];
