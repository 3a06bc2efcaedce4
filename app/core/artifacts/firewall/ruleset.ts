import { say } from '../../messages/message.ts';
import type { Family, Prefix } from '../../net/prefix.ts';
import { ini } from '../../quote/ini.ts';
import { lines } from '../../quote/lines.ts';
import { type Nft, nft, nftPrefix } from '../../quote/nft.ts';
import { join } from '../../quote/template.ts';
import type { Block, FileDraft } from '../file.ts';
import { type Group, groupsOf, type Opening } from './allowed.ts';
import type { Gate, Guard, Guarded } from './guard.ts';
import { burstOf, type Limit } from './rate.ts';

export const indented = (text: Nft): Nft[] => lines(text).map((line) => nft`  ${line}`);

const typeOf = (family: Family): Nft => (family === 4 ? nft`ipv4_addr` : nft`ipv6_addr`);
const inFamily = (family: Family): Nft => (family === 4 ? nft`ip` : nft`ip6`);

/** The chain for a gate. */
const chainOf = ({ protocol, port }: Gate): Nft => nft`${by(protocol)}_${port}`;
export const by = (protocol: Gate['protocol']): Nft => (protocol === 'tcp' ? nft`tcp` : nft`udp`);

/** A gate that drops strangers, with its chain and its sets. */
export interface Door extends Gate {
  readonly chain: Nft;
  readonly groups: readonly NamedGroup[];
}

export const doorOf = (gate: Guarded): Door => ({
  ...gate,
  chain: chainOf(gate),
  groups: gate.openings.flatMap(named),
});

/** The sets of a door: the networks of its clients, by name. */
export const setsOf = ({ chain, groups: sets }: Door): Block<'nft'>[] =>
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

/** The beginning of a rule of a door: from the networks of a group to some of its addresses. */
export const reach = ({ chain }: Door, { name, family }: NamedGroup, to: readonly Prefix[]): Nft =>
  nft`    ${inFamily(family)} saddr @${chain}_${name} ${inFamily(family)} daddr ${among(to)}`;

/** Networks that reach the same addresses: one set, which takes no element that lies in another one, and one rule. */
export interface NamedGroup extends Group {
  readonly name: Nft;
  readonly reason: Opening['reason'];
}

const named = (opening: Opening, index: number): NamedGroup[] =>
  groupsOf(opening).map((group, at) => ({ ...group, name: nft`from_${index}_${at}`, reason: opening.reason }));

/** One counter for each address; of IPv6 for each /64, because a client may take any address in its own. */
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
 * Rules of the kernel are gone after a restart. The packaged nftables.service empties every table when it starts and
 * when it reloads, so this one follows it. `name` is that of the ruleset in /etc/postern and of the unit.
 */
export const bootUnit = ({ machine, folder }: Guard, name: 'nftables' | 'rate'): FileDraft<'ini'> => {
  const rules = name === 'nftables' ? ini`/etc/postern/postern.nft` : ini`/etc/postern/postern-rate.nft`;
  return {
    path: `${folder}/postern-${name}.service`,
    target: `/etc/systemd/system/postern-${name}.service`,
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
