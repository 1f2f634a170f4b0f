import type { OrganisationRecord } from '../../ports/organisation-store.ts';
import { read, write } from '../operation.ts';

export const organisationOperations = {
  'organisations.find': read(({ db }, org: string): OrganisationRecord | null => {
    const row = db.get('SELECT value FROM organisations WHERE org = ?', org);
    return row ? JSON.parse(String(row.value)) : null;
  }),
  'organisations.save': write(({ db }, record: OrganisationRecord): null => {
    db.run(
      'INSERT INTO organisations (org, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
      record.org,
      JSON.stringify(record),
    );
    return null;
  }),
};
