import type { Model } from 'mongoose';
import { mailDigests } from '../../../../xapi/statement/mail-digests.ts';
import { mergeDefinition } from '../../merge-definition.ts';
import type { SaidDefinition } from '../../ports/profile-store.ts';
import { byKeys } from '../by-keys.ts';
import type { MongoContext } from '../context.ts';
import { insertNew, insertOnce } from '../insert.ts';
import { keyOf } from '../keys.ts';
import type { Entry } from '../statements/entry.ts';
import { createTurns } from '../turns.ts';
import { ACTIVITIES, type ActivityFields, AGENT_NAMES, MAILBOXES } from './said-collections.ts';

/** Keeps what statements say of activities and agents beside what happened. May be repeated. */
export interface KeepSaid {
  keep(entry: Entry): Promise<void>;
}

export function createKeepSaid({ model }: MongoContext): KeepSaid {
  const activities = model(ACTIVITIES);
  const names = model(AGENT_NAMES);
  const mailboxes = model(MAILBOXES);
  const turns = createTurns();

  /** Merges until nobody else has changed it in between. */
  const define = async (org: string, id: string, said: readonly string[]): Promise<void> => {
    const _id = keyOf(org, id);
    for (;;) {
      const kept = await activities.findOne({ _id }).lean<ActivityFields | null>();
      const [first, ...others] = kept ? [kept.definition, ...said] : said;
      if (first === undefined) return;
      const definition = others.reduce(mergeDefinition, first);
      if (kept?.definition === definition) return;
      if (!kept) {
        if (await insertOnce(activities, { _id, org, id, definition, revision: 1 })) return;
        continue;
      }
      const { revision } = kept;
      const changed = await activities.updateOne(
        { _id, revision },
        { $set: { definition, revision: revision + 1 } },
      );
      if (changed.matchedCount > 0) return;
    }
  };

  const keepDefinitions = async ({ org, writer, statements }: Entry): Promise<void> => {
    if (!(writer.defines ?? writer.voidsAny)) return;
    const saidOf = new Map<string, string[]>();
    for (const { id, definition } of statements.flatMap(
      ({ definitions }): readonly SaidDefinition[] => definitions,
    )) {
      const said = saidOf.get(id) ?? [];
      if (said.at(-1) !== definition) said.push(definition);
      saidOf.set(id, said);
    }
    await Promise.all(
      [...saidOf].map(([id, said]) => turns.take(keyOf(org, id), () => define(org, id, said))),
    );
  };

  const keepNames = async ({ org, statements }: Entry): Promise<void> => {
    const said = statements.flatMap((statement) => statement.names);
    const records = said.map(({ actor, name }) => ({ _id: keyOf(org, actor, name), org, actor, name }));
    await insertUnknown(names, records);
  };

  const keepMailboxes = async ({ org, statements }: Entry): Promise<void> => {
    const terms = new Set(statements.flatMap(({ agents }) => agents.map(({ term }) => term)));
    const records = [...terms]
      .filter((actor) => actor.startsWith('mbox|'))
      .map((actor) => ({ _id: keyOf(org, actor), org, actor, digests: mailDigests(actor) }));
    await insertUnknown(mailboxes, records);
  };

  return {
    keep: async (entry) => {
      await Promise.all([keepDefinitions(entry), keepNames(entry), keepMailboxes(entry)]);
    },
  };
}

/** Most are known: looking for them costs less than being refused. */
async function insertUnknown<Fields extends { readonly _id: string }>(
  model: Model<Fields>,
  records: readonly Fields[],
): Promise<void> {
  const unknown = new Map(records.map((record) => [record._id, record]));
  for (const { _id } of await byKeys(model, [...unknown.keys()], ['_id'])) unknown.delete(_id);
  await insertNew(model, [...unknown.values()]);
}
