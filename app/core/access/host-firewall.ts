import type { FirewallKind, Plan } from '../plan/schema.ts';
import type { Platform } from '../postgres/platform.ts';
import type { HostKind } from './model.ts';

/** Whether a platform has this packet filter. */
export const hasFirewall = (platform: Platform, firewall: FirewallKind): boolean =>
  firewall === 'none' || (firewall === 'windows' ? platform === 'windows' : hasNetfilter(platform));

/** The platforms that have Linux's packet filter. */
export const hasNetfilter = (platform: Platform): boolean => platform !== 'windows' && platform !== 'macos';

/**
 * The packet filter of a machine. Replicas run the server's platform; a published port of a container passes the filters
 * of its host, and only the server's has rules for that. The files of gateways and bastions are for Linux.
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
