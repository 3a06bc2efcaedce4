import type { Plan } from '../plan/schema.ts';
import { platformFacts } from '../postgres/platform.ts';
import { release } from '../postgres/release.ts';
import { reused } from '../reuse/reused.ts';
import { sharing } from '../reuse/share.ts';
import { clientAccess, endpoints } from './clients.ts';
import { flows } from './flows.ts';
import { hbaEntries, replicaHbaEntries } from './hba-entries.ts';
import { hosts } from './hosts.ts';
import { listen } from './listen.ts';
import type { AccessModel, ClientAccess } from './model.ts';
import { replicas } from './replicas.ts';
import { roles } from './roles.ts';

/** Derives the access model of a valid plan: hosts, listen addresses, network flows, pg_hba.conf records and roles. */
export const deriveAccess = (plan: Plan): AccessModel => deriver()(plan);

/** What the parts of a model that concern clients follow from. */
interface Asked {
  readonly plan: Plan;
  readonly clients: readonly ClientAccess[];
}

/**
 * Derives the models of successive versions of a plan. Each has the very objects of the one before in every part that the
 * version leaves unchanged.
 */
export function deriver(): (plan: Plan) => AccessModel {
  const platformOf = sharing(reused(({ server }: Plan) => platformFacts(server, server.major)));
  const hostsOf = sharing(reused(hosts));
  const listenOf = sharing(reused(listen));
  const clientsOf = sharing(reused(clientAccess));
  const endpointsOf = sharing(reused((plan: Plan) => plan.clients.map((client) => endpoints(plan, client))));
  const flowsOf = sharing(reused(({ plan, clients }: Asked) => flows(plan, clients)));
  const entriesOf = sharing(reused(({ plan, clients }: Asked) => hbaEntries(plan, plan.server.major, clients)));
  const replicasOf = sharing(reused(replicas));
  const replicaEntriesOf = sharing(
    reused(({ plan, clients }: Asked) => replicaHbaEntries(plan, plan.server.major, clients)),
  );
  const rolesOf = sharing(reused(roles));
  const databasesOf = sharing(reused(databases));
  const modelOf = sharing((model: AccessModel) => model);
  return (plan) => {
    const clients = clientsOf(plan);
    return modelOf({
      plan,
      release: release(plan.server.major),
      platform: platformOf(plan),
      hosts: hostsOf(plan),
      listen: listenOf(plan),
      flows: flowsOf({ plan, clients }),
      clients,
      endpoints: endpointsOf(plan),
      hbaEntries: entriesOf({ plan, clients }),
      replicas: replicasOf(plan),
      replicaHbaEntries: replicaEntriesOf({ plan, clients }),
      roles: rolesOf(plan),
      databases: databasesOf(plan),
    });
  };
}

const databases = ({ clients }: Plan): string[] => [
  ...new Set(clients.flatMap((client) => (client.databases === 'all' ? [] : client.databases))),
];
