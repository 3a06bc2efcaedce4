import type { AccessModel } from '../../model/model.ts';
import { type Prefix, prefixKey, prefixText } from '../../net/prefix.ts';
import type { Cloud } from '../../plan/schema.ts';
import { addresses } from '../../plan/ways.ts';
import { type CloudFilter, type CloudRule, cloudFilters } from './rules.ts';
import { sourceTexts } from './source-text.ts';

export type Azure = Extract<Cloud, { provider: 'azure' }>;

export const azureOf = ({ plan }: AccessModel): Azure | undefined =>
  plan.cloud.provider === 'azure' ? plan.cloud : undefined;

/** One inbound rule of a network security group. The matching rule with the lowest priority decides. */
export interface AzureRule {
  readonly name: string;
  readonly priority: number;
  readonly access: 'Allow' | 'Deny';
  readonly protocol: 'Tcp' | 'Udp';
  readonly port: number;
  /** `*`, networks of one family, or the name of an application security group. */
  readonly source:
    | { readonly kind: 'any' }
    | { readonly kind: 'networks'; readonly prefixes: readonly string[] }
    | { readonly kind: 'group'; readonly name: string };
  /** Empty for any destination. */
  readonly to: readonly string[];
  readonly description: string;
  readonly path: string;
}

export interface AzureGroup {
  readonly name: string;
  readonly id: string;
  readonly host: CloudFilter['host'];
  readonly rules: readonly AzureRule[];
}

/**
 * The groups of the plan. Every group ends with a deny rule for its PostgreSQL port: a default rule with a lower rank
 * allows every machine of the virtual network (AllowVnetInBound, priority 65000).
 */
export function azureGroups(model: AccessModel, { groupName, firstPriority }: Azure): AzureGroup[] {
  return cloudFilters(model).map(({ host, rules }) => {
    const allowed = rules.map((rule, index) => allow(arriving(model, host, rule), firstPriority + index));
    const filteredPorts = [
      ...new Set(
        rules
          .filter(({ service }) => service === 'postgresql' || service === 'pgbouncer' || service === 'haproxy')
          .map(({ port, protocol }) => `${protocol} ${port}`),
      ),
    ];
    const denied = filteredPorts.map((text, index): AzureRule => {
      const [protocol, port] = text.split(' ');
      return {
        ...base(firstPriority + allowed.length + index),
        access: 'Deny',
        protocol: protocol === 'tcp' ? 'Tcp' : 'Udp',
        port: Number(port),
        source: { kind: 'any' },
        to: [],
        description: 'postern: everyone else',
        path: 'server.port',
      };
    });
    return {
      name: host === 'server' ? groupName : `${groupName}-${host}`,
      id: host,
      host,
      // Written in this order, so that the deny rule is never removed before a rule replaces it.
      rules: [...denied, ...allowed],
    };
  });
}

/**
 * Azure translates a public address before it evaluates inbound rules (learn.microsoft.com, "Network security groups"),
 * so a rule that names one names the machine's private addresses too. If none is known, it names none.
 */
function arriving(model: AccessModel, host: CloudFilter['host'], rule: CloudRule): CloudRule {
  const { inside, tunnel } = insideOf(model, host);
  const known = new Set([...inside, ...tunnel].map(prefixKey));
  const translated = rule.to.filter((prefix) => !known.has(prefixKey(prefix)));
  if (translated.length === 0) return rule;
  const own = inside.filter(({ family }) => translated.some((prefix) => prefix.family === family));
  const named = new Set(rule.to.map(prefixKey));
  const all = translated.every(({ family }) => own.some((prefix) => prefix.family === family));
  return { ...rule, to: all ? [...rule.to, ...own.filter((prefix) => !named.has(prefixKey(prefix)))] : [] };
}

/** The addresses of the machine's own interfaces. */
function insideOf(
  { plan: { server, network } }: AccessModel,
  host: CloudFilter['host'],
): { readonly inside: readonly Prefix[]; readonly tunnel: readonly Prefix[] } {
  if (host === 'bastion' && network.pattern === 'bastion')
    return { inside: addresses(network.privateAddresses), tunnel: [] };
  if (host === 'gateway' && network.pattern === 'vpn')
    return { inside: addresses(network.gateway.privateAddresses), tunnel: addresses(network.gateway.addresses) };
  if (host === 'replica' && network.pattern === 'private')
    return { inside: network.replicas.flatMap((replica) => addresses(replica.addresses)), tunnel: [] };
  return { inside: addresses(server.addresses.private), tunnel: addresses(server.addresses.vpn) };
}

/** A rule is named by its priority, so that writing it again replaces the existing one. */
const base = (priority: number) => ({ name: `postern-${priority}`, priority });

function allow({ protocol, port, service, source, to, names, path }: CloudRule, priority: number): AzureRule {
  const listed = names.map((name) => name.replace(/[^A-Za-z0-9 ._-]+/g, '_')).join(', ');
  return {
    ...base(priority),
    access: 'Allow',
    protocol: protocol === 'tcp' ? 'Tcp' : 'Udp',
    port,
    source:
      typeof source === 'string'
        ? { kind: 'group', name: source }
        : { kind: 'networks', prefixes: sourceTexts(source) },
    // A group of machines has addresses of both families, and one rule supports one family.
    to: typeof source === 'string' ? [] : to.map(prefixText),
    description: `postern ${service}: ${listed}`.slice(0, 140).trim(),
    path,
  };
}

/**
 * Rules and networks that one group supports, and the last priority (learn.microsoft.com, "Azure subscription limits").
 */
const LIMITS = { rules: 1000, networks: 4000, priority: 4096 } as const;

/** The first group that exceeds Azure's limits, with the limit that it exceeds. */
export function overLimit(
  groups: readonly AzureGroup[],
): { name: string; count: number; limit: number; what: keyof typeof LIMITS } | undefined {
  for (const { name, rules } of groups) {
    const counts = {
      rules: rules.length,
      networks: Math.max(
        rules.reduce((sum, { source }) => sum + (source.kind === 'networks' ? source.prefixes.length : 1), 0),
        rules.reduce((sum, { to }) => sum + Math.max(1, to.length), 0),
      ),
      priority: Math.max(...rules.map(({ priority }) => priority)),
    };
    const what = (['rules', 'networks', 'priority'] as const).find((one) => counts[one] > LIMITS[one]);
    if (what) return { name, count: counts[what], limit: LIMITS[what], what };
  }
  return undefined;
}
