import { say } from '../../messages/message.ts';
import type { Family, Prefix } from '../../net/prefix.ts';
import { ini } from '../../quote/ini.ts';
import { lines } from '../../quote/lines.ts';
import { type Nft, nft, nftPrefix } from '../../quote/nft.ts';
import { join } from '../../quote/template.ts';
import type { Block, FileDraft } from '../file.ts';
import { systemdService } from '../readers/systemd.ts';
import { type AllowedSources, type Group, groupsOf } from './allowed-sources.ts';
import type { FilteredPort, HostFirewall, PortRule } from './host-firewall.ts';
import { burstOf, type Limit } from './rate.ts';

export const indented = (text: Nft): Nft[] => lines(text).map((line) => nft`  ${line}`);

const typeOf = (family: Family): Nft => (family === 4 ? nft`ipv4_addr` : nft`ipv6_addr`);
const inFamily = (family: Family): Nft => (family === 4 ? nft`ip` : nft`ip6`);

/** The chain for a port. */
const chainOf = ({ protocol, port }: PortRule): Nft => nft`${by(protocol)}_${port}`;
export const by = (protocol: PortRule['protocol']): Nft => (protocol === 'tcp' ? nft`tcp` : nft`udp`);

/** A filtered port with its chain and its sets. */
export interface PortChain extends PortRule {
  readonly chain: Nft;
  readonly groups: readonly NamedGroup[];
}

export const portChainOf = (portRule: FilteredPort): PortChain => ({
  ...portRule,
  chain: chainOf(portRule),
  groups: portRule.allowedSources.flatMap(named),
});

/** The sets of a port: the networks of its clients, by name. */
export const setsOf = ({ chain, groups: sets }: PortChain): Block<'nft'>[] =>
  sets.map(({ name, family, from, reason }) => ({
    lines: indented(nft`
      set ${chain}_${name} {
        type ${typeOf(family)}
        flags interval
        elements = ${among(from)}
      }
    `),
    reason,
  }));

/** The start of a rule of a port: from the networks of a group to some of its addresses. */
export const reach = ({ chain }: PortChain, { name, family }: NamedGroup, to: readonly Prefix[]): Nft =>
  nft`    ${inFamily(family)} saddr @${chain}_${name} ${inFamily(family)} daddr ${among(to)}`;

/** Networks that reach the same addresses: one set, which allows no overlapping elements, and one rule. */
export interface NamedGroup extends Group {
  readonly name: Nft;
  readonly reason: AllowedSources['reason'];
}

const named = (allowed: AllowedSources, index: number): NamedGroup[] =>
  groupsOf(allowed).map((group, at) => ({ ...group, name: nft`from_${index}_${at}`, reason: allowed.reason }));

/** One counter per address; for IPv6 per /64, because a client may use any address in its own. */
export const meters = ({ reason }: Limit): Block<'nft'> => ({
  lines: indented(nft`
    set seen_4 {
      type ipv4_addr
      size 65535
      flags dynamic,timeout
      timeout 2m
    }
    set seen_6 {
      type ipv6_addr
      size 65535
      flags dynamic,timeout
      timeout 2m
    }
  `),
  reason,
});

/** Only clients of the plan are counted, so that strangers cannot fill the sets. */
export function limited(limit: Limit): Block<'nft'> {
  const over = nft`limit rate over ${limit.perMinute}/minute burst ${burstOf(limit)} packets`;
  return {
    lines: indented(nft`
      chain limited {
        ct state new update @seen_4 { ip saddr ${over} } drop
        ct state new update @seen_6 { ip6 saddr and ffff:ffff:ffff:ffff:: ${over} } drop
        accept
      }
    `),
    reason: limit.reason,
  };
}

const among = (prefixes: readonly Prefix[]): Nft => nft`{ ${join(prefixes.map(nftPrefix), ', ')} }`;

/**
 * Kernel rules are lost on restart. The packaged nftables.service flushes every table when it starts and when it
 * reloads, so this unit runs after it. `name` is the name of the ruleset in /etc/postern and of the unit.
 */
export const bootUnit = ({ machine, folder }: HostFirewall, name: 'nftables' | 'rate'): FileDraft<'ini'> => {
  const rules = name === 'nftables' ? ini`/etc/postern/postern.nft` : ini`/etc/postern/postern-rate.nft`;
  return {
    path: `${folder}/postern-${name}.service`,
    target: `/etc/systemd/system/postern-${name}.service`,
    reader: systemdService,
    machine,
    title: say('nftables.unitTitle'),
    language: 'ini',
    blocks: [
      {
        lines: lines(ini`
          [Unit]
          Description=Rules for ports of the plan, made by Postern
          DefaultDependencies=no
          After=local-fs.target nftables.service
          PartOf=nftables.service
          ReloadPropagatedFrom=nftables.service
          Wants=network-pre.target
          Before=network-pre.target shutdown.target
          Conflicts=shutdown.target

          [Service]
          Type=oneshot
          RemainAfterExit=yes
          ExecStart=/usr/sbin/nft -f ${rules}
          ExecReload=/usr/sbin/nft -f ${rules}

          [Install]
          WantedBy=multi-user.target
        `),
        reason: { message: say('nftables.unitOrder'), path: 'firewall.kind' },
      },
    ],
  };
};
