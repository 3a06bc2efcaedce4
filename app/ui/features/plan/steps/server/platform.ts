import type { Draft } from '../../../../shared/draft/draft.ts';

type Platform = Draft['server']['platform'];
type Kind = Draft['firewall']['kind'];

const linux = ['ufw', 'nftables', 'iptables', 'firewalld', 'none'] as const;

/** The packet filters available on a platform, the default one first. */
const firewalls: Readonly<Record<Platform, readonly [Kind, ...Kind[]]>> = {
  debian: linux,
  docker: linux,
  source: linux,
  rhel: ['firewalld', 'nftables', 'iptables', 'none'],
  windows: ['windows', 'none'],
  macos: ['none'],
};

export const firewallsOf = (platform: Platform): readonly Kind[] => firewalls[platform];

/** The last choice per platform before the draft changed to another one, so that switching back restores it. */
let left: Partial<Record<Platform, Kind>> = {};
let leftCluster = 'main';

/**
 * The draft for another platform. A packet filter that the platform doesn't have is replaced by the one used there before, or
 * its usual one. Only Debian's clusters have names.
 */
export function withPlatform(draft: Draft, platform: Platform): Draft {
  const offered = firewalls[platform];
  const { kind } = draft.firewall;
  if (draft.server.platform === 'debian') leftCluster = draft.server.cluster;
  const server = { ...draft.server, platform, cluster: platform === 'debian' ? leftCluster : 'main' };
  left = { ...left, [draft.server.platform]: kind };
  const before = left[platform];
  if (before === undefined && offered.some((one) => one === kind)) return { ...draft, server };
  const next = before !== undefined && offered.includes(before) ? before : offered[0];
  return { ...draft, server, firewall: { ...draft.firewall, kind: next } };
}
