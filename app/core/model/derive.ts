import type { Plan } from '../plan/schema.ts';
import { platformFacts } from '../postgres/platform.ts';
import { release } from '../postgres/release.ts';
import { clientAccess } from './clients.ts';
import { flows } from './flows.ts';
import { hbaEntries, replicaHbaEntries } from './hba-entries.ts';
import { hosts } from './hosts.ts';
import { listen } from './listen.ts';
import type { AccessModel } from './model.ts';
import { replicas } from './replicas.ts';
import { roles } from './roles.ts';

/** The model of each plan, so that the files, the picture and the findings of one plan derive it once. */
const derived = new WeakMap<Plan, AccessModel>();

/** Derives the access model of a valid plan: hosts, listen addresses, network flows, pg_hba.conf records and roles. */
export function deriveAccess(plan: Plan): AccessModel {
  const model = derived.get(plan) ?? derive(plan);
  derived.set(plan, model);
  return model;
}

function derive(plan: Plan): AccessModel {
  const of = release(plan.server.major);
  const clients = clientAccess(plan);
  return {
    plan,
    release: of,
    platform: platformFacts(plan.server, of.major),
    hosts: hosts(plan),
    listen: listen(plan),
    flows: flows(plan, clients),
    clients,
    hbaEntries: hbaEntries(plan, of.major, clients),
    replicas: replicas(plan),
    replicaHbaEntries: replicaHbaEntries(plan, of.major, clients),
    roles: roles(plan),
    databases: [...new Set(plan.clients.flatMap((client) => (client.databases === 'all' ? [] : client.databases)))],
  };
}
