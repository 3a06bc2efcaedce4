import { say } from '../../messages/message.ts';
import { firewallOn } from '../../model/host-firewall.ts';
import type { AccessModel, Flow, Host, HostKind, Reason } from '../../model/model.ts';
import { type Prefix, prefixKey } from '../../net/prefix.ts';
import { difference, everything, isEmpty, setOf } from '../../net/set.ts';
import type { FirewallKind } from '../../plan/schema.ts';
import type { Machine } from '../file.ts';
import { type AllowedSources, allowedSources, postgresSources } from './allowed-sources.ts';

/** One port of a machine that its packet filter controls. */
export interface PortRule {
  readonly protocol: Flow['protocol'];
  readonly port: number;
  /** The service on the port. */
  readonly service: Flow['service'];
  /**
   * Who may connect; others are dropped. `everyone`: for a tunnel's port, because the program authenticates its peers
   * by their keys.
   */
  readonly allowedSources: readonly AllowedSources[] | 'everyone';
  readonly reason: Reason;
}

/** From where administrators and clients reach a machine's SSH; every source once. */
export interface SshSource {
  readonly reason: Reason;
  readonly port: number;
  readonly from: readonly Prefix[];
}

/** A machine with its own packet filter, and what that filter controls. */
export interface HostFirewall {
  readonly host: Host;
  readonly machine: Machine;
  /** The folder of its files in the archive. */
  readonly folder: string;
  readonly portRules: readonly PortRule[];
  readonly ssh: readonly SshSource[];
}

/** The machines of a plan that get this packet filter: those that receive flows other than SSH. */
export function hostFirewalls(model: AccessModel, firewall: FirewallKind): HostFirewall[] {
  return model.hosts
    .filter(({ kind, managed }) => kind !== 'peer' && !managed && firewallOn(model.plan, kind) === firewall)
    .map((host) => ({ ...place(model, host), host, portRules: portRulesOf(model, host), ssh: sshSources(model, host) }))
    .filter(({ portRules }) => portRules.length > 0);
}

const machines = {
  server: 'database-server',
  replica: 'replicas',
  gateway: 'vpn-gateway',
  bastion: 'bastion',
} as const;

function place({ replicas }: AccessModel, { id, kind }: Host): Pick<HostFirewall, 'machine' | 'folder'> {
  const machine = kind === 'peer' ? 'vpn-peers' : machines[kind];
  const replica = replicas.find(({ index }) => `replica-${index}` === id);
  return { machine, folder: replica ? `${machine}/${replica.slug}/firewall` : `${machine}/firewall` };
}

/** PostgreSQL's port gets a rule even if no client connects to it. */
function portRulesOf(model: AccessModel, { id, kind }: Host): PortRule[] {
  const flows = model.flows.filter(({ to, service }) => to === id && service !== 'ssh');
  const own = runsPostgres(kind) ? [{ protocol: 'tcp', port: model.plan.server.port } as const] : [];
  const ports = new Map<string, Pick<Flow, 'protocol' | 'port'>>();
  for (const portRule of [...own, ...flows]) {
    const key = `${portRule.protocol} ${portRule.port}`;
    if (!ports.has(key)) ports.set(key, portRule);
  }
  return [...ports.values()].map(({ protocol, port }): PortRule => {
    const here = flows.filter((flow) => flow.port === port && flow.protocol === protocol);
    const [first] = here;
    const service = first?.service ?? 'postgresql';
    const open = protocol === 'udp' && isEveryone(here.flatMap(({ from }) => from));
    const chosen = kind === 'server' && service === 'postgresql' ? postgresSources(model) : allowedSources(model, here);
    return {
      protocol,
      port,
      service,
      allowedSources: open ? 'everyone' : chosen,
      reason: first?.reason ?? { message: say('firewall.nobody'), path: 'clients' },
    };
  });
}

const runsPostgres = (kind: HostKind) => kind === 'server' || kind === 'replica';

const isEveryone = (networks: readonly Prefix[]): boolean => isEmpty(difference(everything, setOf(networks)));

function sshSources(model: AccessModel, { id }: Host): SshSource[] {
  const seen = new Set<string>();
  return model.flows
    .filter(({ to, service }) => to === id && service === 'ssh')
    .flatMap(({ from, port, reason }) => {
      const fresh = from.filter((prefix) => !seen.has(prefixKey(prefix)));
      for (const prefix of fresh) seen.add(prefixKey(prefix));
      return fresh.length === 0 ? [] : [{ reason, port, from: fresh }];
    });
}

/** A port that only listed sources can reach. */
export type FilteredPort = PortRule & { readonly allowedSources: readonly AllowedSources[] };

export const filteredPorts = ({ portRules }: HostFirewall): FilteredPort[] =>
  portRules.flatMap((portRule) =>
    portRule.allowedSources === 'everyone' ? [] : [{ ...portRule, allowedSources: portRule.allowedSources }],
  );

export const openToEveryone = ({ portRules }: HostFirewall): PortRule[] =>
  portRules.filter(({ allowedSources: who }) => who === 'everyone');

/** How sentences refer to a machine and its ports: `the bastion`, `the port of HAProxy`. */
export function inWords({ host, portRules }: HostFirewall): { readonly machine: string; readonly port: string } {
  const ports = portRules.map(({ service }) =>
    say('firewall.port', { service: say(`firewall.service.${service}`).text }),
  );
  return {
    machine: say(`firewall.machine.${host.kind}`, { name: host.name }).text,
    port: [...new Set(ports.map(({ text }) => text))].join(', '),
  };
}
