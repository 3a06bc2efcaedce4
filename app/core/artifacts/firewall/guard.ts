import { firewallOn } from '../../access/host-firewall.ts';
import type { AccessModel, Flow, Host, HostKind, Reason } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import { type Prefix, samePrefix } from '../../net/prefix.ts';
import { difference, everything, isEmpty, setOf } from '../../net/set.ts';
import type { FirewallKind } from '../../plan/schema.ts';
import type { Machine } from '../file.ts';
import { type Opening, openings, postgresOpenings } from './allowed.ts';

/** One port of a machine that its packet filter decides about. */
export interface Gate {
  readonly protocol: Flow['protocol'];
  readonly port: number;
  /** What answers there. */
  readonly service: Flow['service'];
  /** Who may come; others are dropped. `everyone`: as a tunnel's port, whose program knows its peers by their keys. */
  readonly openings: readonly Opening[] | 'everyone';
  readonly reason: Reason;
}

/** Where administrators and clients reach a machine's SSH from; every source once. */
export interface SshSource {
  readonly reason: Reason;
  readonly port: number;
  readonly from: readonly Prefix[];
}

/** A machine with a packet filter of its own, and what that filter is about. */
export interface Guard {
  readonly host: Host;
  readonly machine: Machine;
  /** Where its files stand in the archive. */
  readonly folder: string;
  readonly gates: readonly Gate[];
  readonly ssh: readonly SshSource[];
}

/** The machines of a plan that get this packet filter: those to which anything but SSH flows. */
export function guards(model: AccessModel, firewall: FirewallKind): Guard[] {
  return model.hosts
    .filter(({ kind, managed }) => kind !== 'peer' && !managed && firewallOn(model.plan, kind) === firewall)
    .map((host) => ({ ...place(model, host), host, gates: gatesOf(model, host), ssh: sshSources(model, host) }))
    .filter(({ gates }) => gates.length > 0);
}

const machines = {
  server: 'database-server',
  replica: 'replicas',
  gateway: 'vpn-gateway',
  bastion: 'bastion',
} as const;

function place({ replicas }: AccessModel, { id, kind }: Host): Pick<Guard, 'machine' | 'folder'> {
  const machine = kind === 'peer' ? 'vpn-peers' : machines[kind];
  const replica = replicas.find(({ index }) => `replica-${index}` === id);
  return { machine, folder: replica ? `${machine}/${replica.slug}/firewall` : `${machine}/firewall` };
}

/** PostgreSQL's port is decided about even where no client comes to it. */
function gatesOf(model: AccessModel, { id, kind }: Host): Gate[] {
  const flows = model.flows.filter(({ to, service }) => to === id && service !== 'ssh');
  const own = runsPostgres(kind) ? [{ protocol: 'tcp', port: model.plan.server.port } as const] : [];
  const ports = [...own, ...flows].filter(
    (one, index, all) => all.findIndex((other) => other.port === one.port && other.protocol === one.protocol) === index,
  );
  return ports.map(({ protocol, port }): Gate => {
    const here = flows.filter((flow) => flow.port === port && flow.protocol === protocol);
    const [first] = here;
    const service = first?.service ?? 'postgresql';
    const open = protocol === 'udp' && isEveryone(here.flatMap(({ from }) => from));
    const chosen = kind === 'server' && service === 'postgresql' ? postgresOpenings(model) : openings(model, here);
    return {
      protocol,
      port,
      service,
      openings: open ? 'everyone' : chosen,
      reason: first?.reason ?? { message: say('firewall.nobody'), path: 'clients' },
    };
  });
}

const runsPostgres = (kind: HostKind) => kind === 'server' || kind === 'replica';

const isEveryone = (networks: readonly Prefix[]): boolean => isEmpty(difference(everything, setOf(networks)));

function sshSources(model: AccessModel, { id }: Host): SshSource[] {
  const seen: Prefix[] = [];
  return model.flows
    .filter(({ to, service }) => to === id && service === 'ssh')
    .flatMap(({ from, port, reason }) => {
      const fresh = from.filter((prefix) => !seen.some((other) => samePrefix(other, prefix)));
      seen.push(...fresh);
      return fresh.length === 0 ? [] : [{ reason, port, from: fresh }];
    });
}

/** A gate that drops strangers. */
export type Guarded = Gate & { readonly openings: readonly Opening[] };

export const guarded = ({ gates }: Guard): Guarded[] =>
  gates.flatMap((gate) => (gate.openings === 'everyone' ? [] : [{ ...gate, openings: gate.openings }]));

export const openToEveryone = ({ gates }: Guard): Gate[] => gates.filter(({ openings: who }) => who === 'everyone');

/** What sentences say about a machine and its ports: `the bastion`, `the port of HAProxy`. */
export function inWords({ host, gates }: Guard): { readonly machine: string; readonly port: string } {
  const ports = gates.map(({ service }) => say('firewall.port', { service: say(`firewall.service.${service}`).text }));
  return {
    machine: say(`firewall.machine.${host.kind}`, { name: host.name }).text,
    port: [...new Set(ports.map(({ text }) => text))].join(', '),
  };
}
