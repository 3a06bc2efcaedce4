import { type Message, say } from '../../messages/message.ts';
import type { AccessModel, Host } from '../../model/model.ts';
import type { Family } from '../../net/prefix.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh } from '../../quote/sh.ts';
import type { Block } from '../file.ts';
import { rootOnly } from '../root-only.ts';

/** One of the two packet filters of Linux. */
export interface Tool {
  readonly family: Family;
  readonly name: Sh;
}

export const tools: readonly Tool[] = [
  { family: 4, name: sh`iptables` },
  { family: 6, name: sh`ip6tables` },
];

/** The start of every script: root, and a kernel that supports the family. */
export const requireRoot: Block<'sh'> = {
  lines: lines(sh`
    set -euo pipefail
    ${rootOnly}
    available() { [ "$1" = iptables ] || [ -e /proc/net/if_inet6 ]; } # false for IPv6 where the kernel has none
  `),
};

/**
 * A chain filled in one step: `iptables-restore --noflush` flushes a declared chain, fills it and commits it at once,
 * so that packets see either the old rules or the new ones, never a part (iptables-restore(8)). Reasons between the
 * rules are comments to it as well.
 */
export function restore(tool: Tool, chain: Sh, rules: readonly Block<'sh'>[]): Block<'sh'>[] {
  return [
    {
      lines: lines(sh`

        if available ${tool.name}; then
        ${tool.name}-restore -w --noflush <<'RULES'
        *filter
        :${chain} - [0:0]
      `),
    },
    ...rules,
    {
      lines: lines(sh`
        COMMIT
        RULES
        fi
      `),
    },
  ];
}

/** Other notes for readers of these scripts: a container's port, TLS, and SSH on the other machines. */
export function notes({ platform }: AccessModel, { kind }: Host): Message[] {
  if (kind === 'gateway') return [];
  return [
    say('firewall.onePort'),
    ...(kind === 'server' && platform.platform === 'docker' ? [say('firewall.dockerHost')] : []),
  ];
}

/** The same commands for both families, which read `$tool`. */
export const both = (commands: readonly Sh[]): Sh[] => [
  sh`for tool in iptables ip6tables; do`,
  sh`  available "$tool" || continue`,
  ...commands.map((command) => sh`  ${command}`),
  sh`done`,
];
