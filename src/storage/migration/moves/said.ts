import { z } from 'zod';
import { toEntry } from '../../embedded/operations/quarantine.ts';
import {
  ATTACHMENT_USES,
  ATTACHMENTS,
  UPLOAD_PARTS,
} from '../../mongodb/attachments/attachments-collections.ts';
import { DOCUMENTS } from '../../mongodb/documents-collection.ts';
import { keyOf } from '../../mongodb/keys.ts';
import { QUARANTINE } from '../../mongodb/quarantine-collection.ts';
import { ACTIVITIES, AGENT_NAMES } from '../../mongodb/said/said-collections.ts';
import { bytes, type Move, number, puts, tableMove, text } from '../move.ts';

/** Under what the bytes of an attachment are kept. */
const uploadOf = (org: string, sha2: string): string => `migrated ${keyOf(org, sha2)}`;

const kindSchema = z.enum(['state', 'activity-profile', 'agent-profile']);

/** What statements say of activities and agents, what was sent with them, those that were refused, and documents. */
export const SAID_MOVES: readonly Move[] = [
  tableMove({
    name: 'activities',
    table: 'activities',
    key: ['org', 'id'],
    records: (rows) => [
      puts(
        ACTIVITIES,
        rows.map((row) => {
          const [org, id] = [text(row, 'org'), text(row, 'id')];
          return { _id: keyOf(org, id), org, id, definition: text(row, 'definition'), revision: 1 };
        }),
      ),
    ],
  }),
  tableMove({
    name: 'names of agents',
    table: 'agent_names',
    key: ['org', 'actor', 'name'],
    records: (rows) => [
      puts(
        AGENT_NAMES,
        rows.map((row) => {
          const [org, actor, name] = [text(row, 'org'), text(row, 'actor'), JSON.parse(text(row, 'name'))];
          return { _id: keyOf(org, actor, name), org, actor, name };
        }),
      ),
    ],
  }),
  tableMove({
    name: 'bytes of attachments',
    table: 'attachment_parts',
    key: ['org', 'sha2', 'part'],
    size: 8,
    records: (rows) => [
      puts(
        UPLOAD_PARTS,
        rows.map((row) => {
          const upload = uploadOf(text(row, 'org'), text(row, 'sha2'));
          const part = number(row, 'part');
          return { _id: `${upload}/${part}`, upload, part, at: 0, bytes: bytes(row, 'bytes') };
        }),
      ),
    ],
  }),
  tableMove({
    name: 'uses of attachments',
    table: 'statement_attachments',
    key: ['org', 'statement', 'sha2'],
    records: (rows) => [
      puts(
        ATTACHMENT_USES,
        rows.map((row) => {
          const [org, statement, sha2] = [text(row, 'org'), text(row, 'statement'), text(row, 'sha2')];
          const contentType = text(row, 'content_type');
          return { _id: keyOf(org, statement, sha2), org, statement, sha2, contentType };
        }),
      ),
    ],
  }),
  tableMove({
    name: 'attachments',
    table: 'attachments',
    key: ['org', 'sha2'],
    records: (rows) => [
      puts(
        ATTACHMENTS,
        rows.map((row) => {
          const [org, sha2] = [text(row, 'org'), text(row, 'sha2')];
          return {
            _id: keyOf(org, sha2),
            org,
            sha2,
            length: number(row, 'length'),
            upload: uploadOf(org, sha2),
          };
        }),
      ),
    ],
  }),
  tableMove({
    name: 'documents',
    table: 'documents',
    key: ['org', 'kind', 'activity', 'agent', 'registration', 'id'],
    size: 50,
    records: (rows) => [
      puts(
        DOCUMENTS,
        rows.map((row) => {
          const [org, kind, activity, agent, registration, id] = [
            text(row, 'org'),
            kindSchema.parse(row.kind),
            text(row, 'activity'),
            text(row, 'agent'),
            text(row, 'registration'),
            text(row, 'id'),
          ];
          return {
            _id: keyOf(org, kind, activity, agent, registration, id),
            org,
            kind,
            activity,
            agent,
            registration,
            id,
            contentType: text(row, 'content_type'),
            content: bytes(row, 'content'),
            etag: text(row, 'etag'),
            updatedAt: number(row, 'updated_at'),
            revision: 'migrated',
          };
        }),
      ),
    ],
  }),
  tableMove({
    name: 'quarantine',
    table: 'quarantine',
    key: ['org', 'id'],
    records: (rows) => [
      puts(
        QUARANTINE,
        rows.map((row) => {
          const entry = toEntry(row);
          return { _id: keyOf(entry.org, entry.id), ...entry, text: text(row, 'text') };
        }),
      ),
    ],
  }),
];
