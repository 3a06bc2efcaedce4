import { type Message, say } from '../../messages/message.ts';
import type { AccessModel, HostKind, Reason } from '../../model/model.ts';
import type { Cloud } from '../../plan/schema.ts';
import { type CloudRule, cloudFilters } from './rules.ts';
import { sourceTexts } from './source-text.ts';

export type Google = Extract<Cloud, { provider: 'google' }>;

/**
 * One ingress rule of a VPC network. The lowest priority that matches decides. A rule has ranges of one family, or source
 * tags (docs.cloud.google.com/firewall/docs/firewalls).
 */
export interface GoogleRule {
  /** Unique in the project. It is derived from the rule's content, so an active rule never changes. */
  readonly name: string;
  readonly priority: number;
  readonly action: 'allow' | 'deny';
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  readonly source:
    | { readonly kind: 'ranges'; readonly ranges: readonly string[] }
    | { readonly kind: 'tag'; readonly tag: string };
  readonly description: string;
  readonly reason: Reason;
}

/** The rules for the machines that have a network tag. */
export interface GoogleTarget {
  readonly tag: string;
  readonly title: Message;
  /** The allow rules come first. */
  readonly rules: readonly GoogleRule[];
}

/**
 * Maximum number of source ranges in one rule. Reports quote 256 and 5,000 as Google's limit, and its page of quotas
 * was not available when this was written. Rules of 256 ranges fit both.
 */
const RANGES = 256;

/** Prefix of the description of every rule from Postern. */
export const MARK = 'postern ';

const GUARDED: readonly CloudRule['service'][] = ['postgresql', 'pgbouncer', 'haproxy'];

/**
 * Rules of a VPC network select their machines by a network tag, so they name no destination. The port of PostgreSQL,
 * or of a proxy, is then denied to everyone else: the rule default-allow-internal of a default network (priority 65534)
 * would allow the whole network.
 */
export function googleTargets(model: AccessModel, { groupName, firstPriority }: Google): GoogleTarget[] {
  return cloudFilters(model).map(({ host, rules }) => {
    const tag = tagOf(groupName, host);
    const allowed = rules.flatMap((rule) => allow(tag, firstPriority, rule));
    const guarded = rules.filter(({ service }) => GUARDED.includes(service));
    const denied = guarded.flatMap(({ protocol, port }) =>
      ['0.0.0.0/0', '::/0'].map((everyone) =>
        named(tag, 'deny', {
          priority: firstPriority + 1,
          action: 'deny',
          protocol,
          port,
          source: { kind: 'ranges', ranges: [everyone] },
          description: `${MARK}everyone else`,
          reason: { message: say('google.deny'), path: 'server.port' },
        }),
      ),
    );
    return {
      tag,
      title: say(`google.target.${host}` as 'google.target.server', { tag }),
      rules: distinct([...allowed, ...denied]),
    };
  });
}

const tagOf = (name: string, host: HostKind): string => (host === 'server' ? name : `${name}-${host}`);

function allow(tag: string, priority: number, rule: CloudRule): GoogleRule[] {
  const { protocol, port, service, source, names, path } = rule;
  const listed = names.map((name) => name.replace(/[^A-Za-z0-9 ._-]+/g, '_')).join(', ');
  const description = `${MARK}${service}: ${listed}`.slice(0, 255).trim();
  const shared = {
    priority,
    action: 'allow',
    protocol,
    port,
    description,
    reason: { message: say('aws.rules', { description: description.slice(MARK.length) }), path },
  } as const;
  if (typeof source === 'string') return [named(tag, service, { ...shared, source: { kind: 'tag', tag: source } })];
  return chunks(sourceTexts(source)).map((ranges) =>
    named(tag, service, { ...shared, source: { kind: 'ranges', ranges } }),
  );
}

const chunks = (texts: readonly string[]): (readonly string[])[] =>
  Array.from({ length: Math.ceil(texts.length / RANGES) }, (_, at) => texts.slice(at * RANGES, (at + 1) * RANGES));

function named(tag: string, what: string, rule: Omit<GoogleRule, 'name'>): GoogleRule {
  const { priority, action, protocol, port, source } = rule;
  return { ...rule, name: `${tag}-${what}-${digest(JSON.stringify([priority, action, protocol, port, source]))}` };
}

/** 48 bits of a text, as letters and digits: two FNV-1a hashes with different starts. */
function digest(text: string): string {
  const half = (start: number, keep: number) => {
    let hash = start;
    for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    return (hash >>> keep).toString(16).padStart((32 - keep) / 4, '0');
  };
  return half(0x811c9dc5, 0) + half(0x050c5d1f, 16);
}

/** Clients with the same networks need one rule. */
const distinct = (rules: readonly GoogleRule[]): GoogleRule[] =>
  [...new Map(rules.toReversed().map((rule) => [rule.name, rule])).values()].toReversed();
