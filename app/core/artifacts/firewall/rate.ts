import type { AccessModel, Reason } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import { type Family, type Prefix, samePrefix } from '../../net/prefix.ts';
import { type Sh, sh } from '../../quote/sh.ts';

/** A limit of new connections from one address, at the addresses of the server that face the internet. */
export interface Limit {
  readonly perMinute: number;
  readonly to: readonly Prefix[];
  readonly reason: Reason;
}

/** The plan's limit, where a client comes to a public address. */
export function limitOf(model: AccessModel): Limit | undefined {
  const { rateLimit } = model.plan.firewall;
  const open = model.flows.filter(
    ({ to, service, client }) =>
      to === 'server' &&
      service === 'postgresql' &&
      client !== undefined &&
      model.plan.clients[client]?.via === 'public',
  );
  const all = open.flatMap(({ addresses }) => addresses);
  const to = all.filter((prefix, index) => all.findIndex((other) => samePrefix(other, prefix)) === index);
  if (rateLimit === null || to.length === 0) return undefined;
  return {
    perMinute: rateLimit,
    to,
    reason: { message: say('firewall.rateLimit', { rate: rateLimit }), path: 'firewall.rateLimit' },
  };
}

/** Connections that may come at once: half a minute's worth, and never so few that a pool cannot start. */
export const burstOf = ({ perMinute }: Limit): number => Math.max(10, Math.ceil(perMinute / 2));

/** A rule for iptables in front of those that accept: drops what is over the limit. Of IPv6 a /64 counts as one. */
export function hashLimit(limit: Limit, family: Family, name: Sh): Sh {
  const mask = family === 4 ? 32 : 64;
  return sh`-m conntrack --ctstate NEW -m hashlimit --hashlimit-above ${limit.perMinute}/minute --hashlimit-burst ${burstOf(limit)} --hashlimit-mode srcip --hashlimit-srcmask ${mask} --hashlimit-name ${name} -j DROP`;
}

/** Whether the addresses of one rule are among those that the limit holds for. */
export const isLimited = (limit: Limit | undefined, to: Prefix): limit is Limit =>
  limit?.to.some((other) => samePrefix(other, to)) ?? false;
