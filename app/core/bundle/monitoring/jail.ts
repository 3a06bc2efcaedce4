import type { AccessModel, ClientAccess } from '../../model/model.ts';
import { readsReplicas } from '../../model/replicas.ts';
import { contains, type Prefix, prefixText, width } from '../../net/prefix.ts';
import { addresses, prefixes } from '../../plan/ways.ts';

/** The jail's name, as used with `fail2ban-client set`. */
export const JAIL = 'postern-postgresql';

/** Minutes within which failures are counted together (`findtime`). */
export const FIND_MINUTES = 10;

/** Addresses that many people connect through: a ban there would reject all of them. */
export const shared = ({ plan }: AccessModel): readonly string[] =>
  plan.network.pattern === 'bastion'
    ? plan.network.privateAddresses
    : plan.network.pattern === 'vpn'
      ? plan.network.gateway.privateAddresses
      : [];

/**
 * Addresses that the jail never bans (`ignoreip`): the server, shared addresses, replicas, and administrators with
 * their own address.
 */
export function exempt(model: AccessModel): Prefix[] {
  const { addresses: own } = model.plan.server;
  const named = addresses([
    ...own.public,
    ...own.private,
    ...own.vpn,
    ...shared(model),
    // A standby retries every few seconds, so one wrong password would cut it off for the whole ban.
    ...model.replicas.flatMap((replica) => replica.addresses),
  ]);
  const all = [...prefixes(['127.0.0.0/8', '::1']), ...named, ...administrators(model).flatMap((one) => one.exempt)];
  return [...new Map(all.map((prefix) => [prefixText(prefix), prefix])).values()];
}

interface Administrator {
  readonly name: string;
  readonly path: string;
  readonly exempt: readonly Prefix[];
  /** Networks that contain a client's whole network, where the jail would be ineffective. */
  readonly counted: readonly Prefix[];
}

/** The administrators whose own addresses PostgreSQL can see. Those behind a bastion share its address. */
export function administrators({ plan, clients }: AccessModel): Administrator[] {
  const filteredPorts = clients.flatMap(({ seenAs }) => seenAs);
  const isExempt = (source: Prefix) =>
    source.length === width(source.family) || !filteredPorts.some((network) => contains(source, network));
  return plan.administration.people.flatMap((person, index) => {
    if (person.path !== 'ssh') return [];
    const sources = prefixes(person.sources);
    return [
      {
        name: person.name,
        path: `administration.people.${index}.sources`,
        exempt: sources.filter(isExempt),
        counted: sources.filter((source) => !isExempt(source)),
      },
    ];
  });
}

/** Whether the jail can ban the machines of this client. The replicas' logs are not read, and the socket has no address. */
export function isWatched(model: AccessModel, { client, seenAs }: ClientAccess): boolean {
  if (model.plan.monitoring.fail2ban === 'none' || readsReplicas(client)) return false;
  const never = exempt(model);
  return seenAs.some((network) => !never.some((prefix) => contains(prefix, network)));
}
