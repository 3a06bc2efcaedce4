import { say } from '../../messages/message.ts';
import type { AccessModel, Flow, Reason } from '../../model/model.ts';
import { type Family, type Prefix, samePrefix } from '../../net/prefix.ts';
import { type Sh, sh } from '../../quote/sh.ts';

/** A limit of new connections from one address, at the addresses of a machine that face the internet. */
export interface Limit {
  readonly perMinute: number;
  readonly to: readonly Prefix[];
  readonly reason: Reason;
}

/**
 * The plan's limit on a machine, if clients connect to it over the internet: to the server's public address, or to a
 * proxy.
 */
export function limitOf(model: AccessModel, host = 'server'): Limit | undefined {
  const { rateLimit } = model.plan.firewall;
  const all = model.flows
    .filter((flow) => flow.to === host && facesInternet(model, flow))
    .flatMap(({ addresses }) => addresses);
  const to = all.filter((prefix, index) => all.findIndex((other) => samePrefix(other, prefix)) === index);
  if (rateLimit === null || to.length === 0) return undefined;
  return {
    perMinute: rateLimit,
    to,
    reason: { message: say('firewall.rateLimit', { rate: rateLimit }), path: 'firewall.rateLimit' },
  };
}

function facesInternet({ plan }: AccessModel, { service, client }: Flow): boolean {
  if (service === 'pgbouncer' || service === 'haproxy') return true;
  return service === 'postgresql' && client !== undefined && plan.clients[client]?.via === 'public';
}

/** Burst size: half a minute's worth, and never too small for a connection pool to start. */
export const burstOf = ({ perMinute }: Limit): number => Math.max(10, Math.ceil(perMinute / 2));

/**
 * A rule for iptables before the accepting ones: drops packets above the limit. For IPv6 a /64 counts as one address.
 */
export function hashLimit(limit: Limit, family: Family, name: Sh): Sh {
  const mask = family === 4 ? 32 : 64;
  return sh`-m conntrack --ctstate NEW -m hashlimit --hashlimit-above ${limit.perMinute}/minute --hashlimit-burst ${burstOf(limit)} --hashlimit-mode srcip --hashlimit-srcmask ${mask} --hashlimit-name ${name} -j DROP`;
}

/** Whether the limit applies to the addresses of one rule. */
export const isLimited = (limit: Limit | undefined, to: Prefix): limit is Limit =>
  limit?.to.some((other) => samePrefix(other, to)) ?? false;
