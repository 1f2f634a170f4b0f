import {
  NO_ORGANISATION,
  type Registration,
  type RegistrationStore,
} from '../../ports/registration-store.ts';
import type { MongoContext } from '../context.ts';
import { keyOf } from '../keys.ts';
import { put } from '../put.ts';
import { type Change, createRegistrationLog, type Registrations } from './registration-log.ts';
import { WAITING, type WaitingFields } from './registrations-collection.ts';

/** By age, then by id. */
function inOrder(registrations: readonly Registration[]): readonly Registration[] {
  return registrations.toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
}

function withClient(known: Registrations, { issuer, clientId }: Registration): readonly Registration[] {
  return [...known.values()].filter((each) => each.issuer === issuer && each.clientId === clientId);
}

function save(known: Registrations, registration: Registration): Change<'saved' | 'conflict'> {
  const { id, org } = registration;
  const others = withClient(known, registration).filter((each) => each.id !== id);
  const giveWay = others.filter((each) => each.org === NO_ORGANISATION).map((each) => each.id);
  const same = known.get(id);
  const taken = same !== undefined && same.org !== org && same.org !== NO_ORGANISATION;
  return taken || others.length > giveWay.length
    ? { removed: giveWay, result: 'conflict' }
    : { saved: [registration], removed: giveWay, result: 'saved' };
}

function savePending(known: Registrations, given: Registration, limit: number): Change<'saved' | 'conflict'> {
  const pending: Registration = { ...given, org: NO_ORGANISATION, status: 'pending' };
  const same = withClient(known, pending);
  const giveWay = same.filter(({ org }) => org === NO_ORGANISATION).map(({ id }) => id);
  if (same.length > giveWay.length) return { removed: giveWay, result: 'conflict' };
  const others = [...known.values()].filter(
    ({ id, org }) => org === NO_ORGANISATION && !giveWay.includes(id) && id !== pending.id,
  );
  const youngestFirst = [...others, pending].reverse().toSorted((a, b) => b.createdAt - a.createdAt);
  const dropped = new Set(youngestFirst.slice(limit).map(({ id }) => id));
  return {
    saved: dropped.has(pending.id) ? [] : [pending],
    removed: [...giveWay, ...dropped],
    result: 'saved',
  };
}

function approve(registration: Registration, deployment: string): Change<Registration> {
  const { firstDeploymentUntil, ...kept } = registration;
  const approved = { ...kept, deployments: [...new Set([...kept.deployments, deployment])] };
  return { saved: [approved], result: approved };
}

export function createRegistrations(context: MongoContext): RegistrationStore {
  const log = createRegistrationLog(context);
  const waiting = context.model(WAITING);
  const listed = async (which: (registration: Registration) => boolean): Promise<readonly Registration[]> =>
    inOrder([...(await log.read()).values()].filter(which));

  const approveWhere = async (
    id: string,
    deployment: string,
    may: (registration: Registration) => boolean,
  ): Promise<Registration | null> => {
    const approved = await log.change<Registration | null>((known) => {
      const registration = known.get(id);
      return registration !== undefined && may(registration)
        ? approve(registration, deployment)
        : { result: null };
    });
    if (approved !== null) await waiting.deleteOne({ _id: keyOf(id, deployment) });
    return approved;
  };

  return {
    save: (registration) => log.change((known) => save(known, registration)),
    savePending: (registration, limit) => log.change((known) => savePending(known, registration, limit)),
    find: async (issuer, clientId) =>
      (await listed((each) => each.issuer === issuer && each.clientId === clientId))[0] ?? null,
    byIssuer: (issuer) => listed((each) => each.issuer === issuer),
    byId: async (id) => (await log.read()).get(id) ?? null,
    list: (org) => listed((each) => org === null || each.org === org),
    remove: async (org, id) => {
      const gone = await log.change((known) =>
        known.get(id)?.org === org ? { removed: [id], result: true } : { result: false },
      );
      if (gone) await waiting.deleteMany({ registrationId: id });
      return gone;
    },
    setRoles: (org, id, roles) =>
      log.change<Registration | null>((known) => {
        const registration = known.get(id);
        if (registration?.org !== org) return { result: null };
        const changed = { ...registration, roles };
        return { saved: [changed], result: changed };
      }),
    approveDeployment: (id, deployment) => approveWhere(id, deployment, () => true),
    approveFirstDeployment: (id, deployment, now) =>
      approveWhere(
        id,
        deployment,
        ({ deployments, firstDeploymentUntil = 0 }) => deployments.length === 0 && firstDeploymentUntil > now,
      ),
    rememberWaiting: async ({ registrationId, deployment, seenAt }, limit) => {
      await put(waiting, { _id: keyOf(registrationId, deployment), registrationId, deployment, seenAt });
      const tooMany = await waiting
        .find({ registrationId }, { _id: 1 })
        .sort({ seenAt: -1, deployment: 1 })
        .skip(limit)
        .lean<WaitingFields[]>();
      if (tooMany.length > 0) await waiting.deleteMany({ _id: { $in: tooMany.map(({ _id }) => _id) } });
    },
    waiting: async () => {
      const found = await waiting
        .find()
        .sort({ seenAt: 1, registrationId: 1, deployment: 1 })
        .lean<WaitingFields[]>();
      return found.map(({ registrationId, deployment, seenAt }) => ({ registrationId, deployment, seenAt }));
    },
  };
}
