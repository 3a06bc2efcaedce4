import type { Draft } from '../../draft/draft.ts';

type Platform = Draft['server']['platform'];
type Kind = Draft['firewall']['kind'];

const linux = ['ufw', 'nftables', 'iptables', 'firewalld', 'none'] as const;

/** The packet filters that a platform has, the usual one first. */
const firewalls: Readonly<Record<Platform, readonly [Kind, ...Kind[]]>> = {
  debian: linux,
  docker: linux,
  source: linux,
  rhel: ['firewalld', 'nftables', 'iptables', 'none'],
  windows: ['windows', 'none'],
  macos: ['none'],
};

export const firewallsOf = (platform: Platform): readonly Kind[] => firewalls[platform];

/** What a platform that is left behind had, so that coming back finds it again. */
let left: Partial<Record<Platform, Kind>> = {};

/** The draft for another platform. A packet filter that it does not have makes way for the one used there before, or its usual one. */
export function withPlatform(draft: Draft, platform: Platform): Draft {
  const offered = firewalls[platform];
  const { kind } = draft.firewall;
  const server = { ...draft.server, platform };
  left = { ...left, [draft.server.platform]: kind };
  const before = left[platform];
  if (before === undefined && offered.some((one) => one === kind)) return { ...draft, server };
  const next = before !== undefined && offered.includes(before) ? before : offered[0];
  return { ...draft, server, firewall: { ...draft.firewall, kind: next } };
}
