import { createLti, type Lti } from '../lti/create-lti.ts';
import { toldServices } from '../lti/services/told-services.ts';
import { AssiduError } from './base/errors.ts';
import { createOutgoing, OUTGOING_LIMITS, systemResolve } from './base/outgoing.ts';
import type { Installation, Services, World } from './services.ts';
import { isOwnUnit } from './units/own-units.ts';
import { ltiPages } from './web/lti/lti-pages.ts';
import { cohortPath, launchPath, learnerPath, placingPath, stepAnchor, unitPath } from './web/paths.ts';

/** LTI over the services: a verified launch is kept, then leads to its cohort's page. */
export function createLtiOver(
  services: Services,
  { publicUrl, secret, allowPrivate = false }: Installation,
  world: World,
): Promise<Lti> {
  const { registrations, invitations, launches, toolKeys, ltijsRecords } = services.storage;
  return createLti({
    registrations,
    invitations,
    launches,
    toolKeys,
    ltijsRecords,
    publicUrl,
    secret,
    clock: world.clock,
    random: world.random,
    fetch: world.fetch,
    outgoing: createOutgoing({
      resolve: systemResolve,
      rules: { ...OUTGOING_LIMITS, allowPrivate },
    }),
    allowPrivate,
    log: world.log,
    pages: ltiPages,
    onLaunch: async (launch, claims) => {
      const registration = await registrations.byId(launch.registrationId);
      if (!registration) throw new AssiduError('internal', 'a launch without its registration');
      const visitor = { launch, registration };
      const choice = await services.launches.arrive(visitor);
      const told = toldServices(claims, registration);
      await services.rosterSchedule.notice(visitor, told);
      await services.grades.notice(visitor, told, choice);
      if (launch.deepLinking) return { location: placingPath(launch.id) };
      const reviewed = choice.kind === 'one' ? await services.launches.reviewed(visitor) : null;
      if (reviewed !== null && choice.kind === 'one')
        return { location: learnerPath(launch.id, choice.cohort.id, reviewed.id) };
      if (choice.kind !== 'one' || launch.mentees?.length) return { location: launchPath(launch.id) };
      // A link placed for one step opens it where it is a page of ours, else the path there.
      const { unit } = launch.custom;
      const own = choice.cohort.definition.units.filter(isOwnUnit).find(({ id }) => id === unit);
      if (own !== undefined) return { location: unitPath(launch.id, choice.cohort.id, own.id) };
      const step = unit === undefined ? undefined : stepAnchor(choice.cohort.definition, unit);
      const page = cohortPath(launch.id, choice.cohort.id);
      return { location: step === undefined || launch.role !== 'learner' ? page : `${page}#${step}` };
    },
  });
}
