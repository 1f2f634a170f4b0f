import { distinctiveTexts, mentionPattern } from '../../../../xapi/statement/person-texts.ts';
import type { RosterState } from '../../ports/roster-store.ts';
import type { DataSubject } from '../../ports/subject-store.ts';
import { DEFINITIONS } from '../cohort-records/definitions-collection.ts';
import type { MongoContext } from '../context.ts';
import { createDecisions } from '../decisions.ts';
import { DOCUMENTS, type DocumentFields } from '../documents-collection.ts';
import { useOf } from '../lti/launches.ts';
import { LOGINS, type LoginFields } from '../lti/launches-collection.ts';
import { ROSTERS, type RosterFields } from '../lti/rosters-collection.ts';
import { ACTIVITIES, type ActivityFields, MAILBOXES } from '../said/said-collections.ts';
import { STATEMENTS, type StatementFields } from '../statements/statements-collection.ts';
import { unmarked } from '../statements/terms.ts';
import { containing } from './containing.ts';

/** Forgets what names a person beside the records that are theirs. */
export type ForgetTraces = (org: string, subject: DataSubject) => Promise<void>;

export function createForgetTraces(context: MongoContext): ForgetTraces {
  const { model } = context;
  const rosters = model(ROSTERS);
  const logins = model(LOGINS);
  const definitions = model(DEFINITIONS);
  const documents = model(DOCUMENTS);
  const activities = model(ACTIVITIES);
  const mailboxes = model(MAILBOXES);
  const statements = model(STATEMENTS);
  const decisions = createDecisions(context);

  /** Removals that wait for a confirmation wait no more for who is gone. */
  const forgetHeld = async (org: string, learnerIds: readonly string[]): Promise<void> => {
    const isTheirs = (id: string) => learnerIds.includes(id);
    for (const roster of await rosters.find({ org }).lean<RosterFields[]>()) {
      const state: RosterState | null = roster.state === '' ? null : JSON.parse(roster.state);
      const held = state?.held ?? null;
      const isHeld = held?.learnerIds.some(isTheirs) ?? false;
      const known = roster.known.filter(({ learnerId }) => !isTheirs(learnerId));
      if (!isHeld && known.length === roster.known.length) continue;
      const left = held && { ...held, learnerIds: held.learnerIds.filter((id) => !isTheirs(id)) };
      const next = isHeld ? JSON.stringify({ ...state, held: left }) : roster.state;
      await rosters.updateOne({ _id: roster._id }, { $set: { state: next, known } });
    }
  };

  /** Logins that the person's platforms began: used ones, and those that name them; both live five minutes at most. */
  const forgetLogins = async ({ users }: DataSubject): Promise<void> => {
    for (const { registrationId, sub } of users) {
      const found = await logins.find({ registrationId }).lean<LoginFields[]>();
      const used = await decisions.among(found.map(({ _id }) => useOf(_id)));
      const theirs = found.filter(({ _id, value }) => value.includes(sub) || used.has(useOf(_id)));
      await logins.deleteMany({ _id: { $in: theirs.map(({ _id }) => _id) } });
    }
  };

  /** What statements are found by, activities and documents that are called after the person. */
  const forgetMentions = async (org: string, actors: readonly string[]): Promise<void> => {
    await mailboxes.deleteMany({ org, actor: { $in: actors } });
    const texts = distinctiveTexts(actors);
    const mention = mentionPattern(texts);
    if (mention === null) return;
    const mentions = (value: string) => value.search(mention) >= 0;
    const like = containing(texts);

    const defined = await activities
      .find({ org, $or: [{ id: like }, { definition: like }] })
      .lean<ActivityFields[]>();
    const named = defined.filter(({ id, definition }) => mentions(id) || mentions(definition));
    await activities.deleteMany({ _id: { $in: named.map(({ _id }) => _id) } });

    const kept = await documents
      .find({ org, $or: [{ activity: like }, { id: like }] }, { activity: 1, id: 1 })
      .lean<DocumentFields[]>();
    const titled = kept.filter(({ activity, id }) => mentions(activity) || mentions(id));
    await documents.deleteMany({ _id: { $in: titled.map(({ _id }) => _id) } });

    const found = await statements
      .find({ org, $or: [{ activities: like }, { agents: like }, { verb: like }] }, { text: 0 })
      .lean<StatementFields[]>();
    for (const { _id, ...terms } of found) {
      const stays = (term: string) => !mentions(unmarked(term));
      await statements.updateOne(
        { _id },
        {
          $set: {
            agents: terms.agents.filter(stays),
            activities: terms.activities.filter(stays),
            ...(mentions(terms.verb) ? { verb: 'erased' } : {}),
          },
        },
      );
    }
  };

  return async (org, subject) => {
    await forgetHeld(org, subject.learnerIds);
    await forgetLogins(subject);
    await forgetMentions(org, subject.actors);
    // What they configured stays; that it was them does not.
    await definitions.updateMany(
      { org, recordedBy: { $in: [...subject.actors] } },
      { $set: { recordedBy: '' } },
    );
  };
}
