import type { FirewallKind, Plan } from '../plan/schema.ts';
import type { Platform } from '../postgres/platform.ts';
import type { HostKind } from './model.ts';

/** Whether this firewall is available on a platform. */
export const hasFirewall = (platform: Platform, firewall: FirewallKind): boolean =>
  firewall === 'none' || (firewall === 'windows' ? platform === 'windows' : hasNetfilter(platform));

/** Whether a platform has the packet filter of Linux (netfilter). */
export const hasNetfilter = (platform: Platform): boolean => platform !== 'windows' && platform !== 'macos';

/**
 * The firewall of a machine. Replicas have the server's platform. Traffic to a published port of a container passes the
 * firewall of the container's host, and only the server has rules for that. Gateways and bastions run Linux.
 */
export function firewallOn({ server, firewall }: Plan, host: HostKind): FirewallKind {
  const own = hasFirewall(server.platform, firewall.kind) ? firewall.kind : 'none';
  switch (host) {
    case 'server':
      return own;
    case 'replica':
      return server.platform === 'docker' ? 'none' : own;
    case 'gateway':
    case 'bastion':
      return firewall.kind === 'windows' ? 'none' : firewall.kind;
    case 'peer':
      return 'none';
  }
}
