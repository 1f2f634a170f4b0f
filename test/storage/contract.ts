import { afterAll, beforeAll, describe } from 'vitest';
import type { Storage } from '../../src/storage/ports/index.ts';
import { describeAppend } from './contract/append.ts';
import { describeAttachments } from './contract/attachments.ts';
import { describeCohorts } from './contract/cohorts.ts';
import { describeContentSessions } from './contract/content-sessions.ts';
import { describeCourses } from './contract/courses.ts';
import { describeErasures, describeScrub } from './contract/erasures.ts';
import { describeFacts } from './contract/facts.ts';
import { describeFeeds } from './contract/feeds.ts';
import { describeFlagged } from './contract/flagged.ts';
import { describeForwards, describePulls } from './contract/forwards.ts';
import { describeGrants } from './contract/grants.ts';
import { describeInvitations } from './contract/invitations.ts';
import { describeKeys } from './contract/keys.ts';
import { describeLaunches } from './contract/launches.ts';
import { describeLifetime } from './contract/lifetime.ts';
import { describeOrganisations } from './contract/organisations.ts';
import { describePaging } from './contract/paging.ts';
import { describeQuarantine } from './contract/quarantine.ts';
import { describeQuery } from './contract/query.ts';
import { describeRegistrations } from './contract/registrations.ts';
import { ALL_OF_IT, type Amount, type Opened } from './contract/subject.ts';
import { describeToolKeys } from './contract/tool-keys.ts';
import { describeVoiding } from './contract/voiding.ts';

/**
 * What every adapter of src/storage/ports promises, but for documents and profiles (document-contract.ts). `open` gives
 * a new, empty database.
 */
export function describeStorageContract(
  name: string,
  open: () => Promise<Opened>,
  amount: Amount = ALL_OF_IT,
): void {
  describe(`the storage contract, kept by ${name}`, () => {
    let opened: Opened | undefined;
    const subject = (): Storage => {
      if (!opened) throw new Error('the storage is not open yet');
      return opened.storage;
    };
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened?.destroy());

    describeAppend(subject);
    describeQuery(subject, amount);
    describePaging(subject, amount);
    describeVoiding(subject);
    describeFeeds(subject);
    describeFlagged(subject);
    describeQuarantine(subject);
    describeAttachments(subject);
    describeKeys(subject);
    describeRegistrations(subject);
    describeInvitations(subject);
    describeGrants(subject);
    describeOrganisations(subject);
    describeLaunches(subject);
    describeToolKeys(subject);
    describeCohorts(subject);
    describeContentSessions(subject);
    describeCourses(subject);
    describeErasures(subject, amount);
    describeFacts(subject);
    describeForwards(subject);
    describePulls(subject);
    describeScrub(open);
    describeLifetime(open);
  });
}
