import { afterAll, beforeAll, describe } from 'vitest';
import type { Storage } from '../../src/storage/ports/index.ts';
import { mongoServer } from '../support/mongodb-server.ts';
import { openOn } from '../support/open-mongodb.ts';
import { describeCohorts } from './contract/cohorts.ts';
import { describeContentSessions } from './contract/content-sessions.ts';
import { describeCourses } from './contract/courses.ts';
import { describeForwards, describePulls } from './contract/forwards.ts';
import { describeGrants } from './contract/grants.ts';
import { describeInvitations } from './contract/invitations.ts';
import { describeKeys } from './contract/keys.ts';
import { describeLaunches } from './contract/launches.ts';
import { describeRegistrations } from './contract/registrations.ts';
import { describeToolKeys } from './contract/tool-keys.ts';

const server = await mongoServer();
describe('N', () => {
  let opened: Awaited<ReturnType<typeof openOn>>;
  beforeAll(async () => {
    if (server) opened = await openOn(server);
  });
  afterAll(() => opened?.destroy());
  const subject = (): Storage => opened.storage;
  describeKeys(subject);
  describeRegistrations(subject);
  describeInvitations(subject);
  describeGrants(subject);
  describeLaunches(subject);
  describeToolKeys(subject);
  describeCohorts(subject);
  describeContentSessions(subject);
  describeCourses(subject);
  describeForwards(subject);
  describePulls(subject);
});
