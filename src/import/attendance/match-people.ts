import { createHash } from 'node:crypto';
import { agentOfKey } from '../../../xapi/statement/ifi.ts';
import { AssiduError } from '../../base/errors.ts';
import type { ToldPeople } from '../../cohorts/told-people.ts';
import type { Row, Table } from './read-table.ts';

/** Who a row is about, or why nobody knows. */
export type Match =
  | { readonly learnerId: string; readonly actor: string }
  | { readonly unmatched: 'nobody' | 'several' };

/** By which identity somebody says that a name is known. */
export type NamedPeople = ReadonlyMap<string, Row>;

/** Finds the learner of a row: by e-mail and by account name, exactly; by name never, unless `named` says whose it is. */
export function matchPeople(people: ToldPeople, named: NamedPeople): (row: Row) => Match {
  const byMail = new Map<string, Set<string>>();
  const bySha1 = new Map<string, Set<string>>();
  const byAccount = new Map<string, Set<string>>();
  const put = (found: Map<string, Set<string>>, key: string, actor: string) =>
    found.set(key, (found.get(key) ?? new Set()).add(actor));
  for (const actor of people.actors) {
    const { mbox, mbox_sha1sum, account } = agentOfKey(actor);
    if (mbox !== undefined) put(byMail, mbox.replace(/^mailto:/i, '').toLowerCase(), actor);
    if (mbox_sha1sum !== undefined) put(bySha1, mbox_sha1sum, actor);
    if (account !== undefined) put(byAccount, account.name, actor);
  }

  const mailed = (mail: string): readonly string[] => {
    const digests = [mail, mail.toLowerCase()].map((text) =>
      createHash('sha1').update(`mailto:${text}`).digest('hex'),
    );
    return [
      ...(byMail.get(mail.toLowerCase()) ?? []),
      ...digests.flatMap((digest) => [...(bySha1.get(digest) ?? [])]),
      // Some platforms name accounts by their address.
      ...(byAccount.get(mail) ?? []),
    ];
  };
  const identified = ({ cells: { email, upn, account, homePage } }: Row): readonly string[] => {
    const accounts = [...(byAccount.get(account ?? '') ?? [])].filter(
      (actor) => homePage === undefined || agentOfKey(actor).account?.homePage === homePage,
    );
    return [
      ...(email === undefined ? [] : mailed(email)),
      ...(upn === undefined || upn === email ? [] : mailed(upn)),
      ...accounts,
    ];
  };

  return (row) => {
    const own = identified(row);
    const name = own.length > 0 ? undefined : named.get(plainName(row.cells.name));
    const actors = name === undefined ? own : identified(name);
    const learners = new Map<string, string>();
    for (const actor of actors) {
      const learnerId = people.personOf(actor);
      if (learnerId !== null && !learners.has(learnerId)) learners.set(learnerId, actor);
    }
    const [only, second] = learners;
    if (second !== undefined) return { unmatched: 'several' };
    return only === undefined ? { unmatched: 'nobody' } : { learnerId: only[0], actor: only[1] };
  };
}

/** A file that says whose names are: columns name, and email or account. Throws `invalid-request` on a name twice. */
export function namedPeople(table: Table): NamedPeople {
  const named = new Map<string, Row>();
  for (const row of table.rows) {
    const name = plainName(row.cells.name);
    if (name === '') continue;
    if (named.has(name))
      throw new AssiduError('invalid-request', `people, line ${row.line}: ${row.cells.name} is there twice`);
    named.set(name, row);
  }
  return named;
}

function plainName(name: string | undefined): string {
  return (name ?? '').normalize('NFC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
}
