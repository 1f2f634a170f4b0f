import { createLti, type Lti } from '../lti/create-lti.ts';
import { AssiduError } from './base/errors.ts';
import type { Installation, Services, World } from './services.ts';
import { ltiPages } from './web/lti/lti-pages.ts';
import { cohortPath, launchPath } from './web/paths.ts';

/** LTI over the services: a verified launch is kept, then leads to its cohort's page. */
export function createLtiOver(
  services: Services,
  { publicUrl, secret }: Installation,
  world: World,
): Promise<Lti> {
  const { registrations, launches, toolKeys, ltijsRecords } = services.storage;
  return createLti({
    registrations,
    launches,
    toolKeys,
    ltijsRecords,
    publicUrl,
    secret,
    clock: world.clock,
    random: world.random,
    fetch: world.fetch,
    log: world.log,
    pages: ltiPages,
    onLaunch: async (launch) => {
      const registration = await registrations.byId(launch.registrationId);
      if (!registration) throw new AssiduError('internal', 'a launch without its registration');
      const choice = await services.launches.arrive({ launch, registration });
      return {
        location: choice.kind === 'one' ? cohortPath(launch.id, choice.cohort.id) : launchPath(launch.id),
      };
    },
  });
}
