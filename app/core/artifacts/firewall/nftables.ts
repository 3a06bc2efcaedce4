import type { AccessModel } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import { contains, type Family, type Prefix, samePrefix } from '../../net/prefix.ts';
import { ini } from '../../quote/ini.ts';
import { lines } from '../../quote/lines.ts';
import { type Nft, nft, nftPrefix } from '../../quote/nft.ts';
import { sh } from '../../quote/sh.ts';
import { join } from '../../quote/template.ts';
import type { Block, FileDraft } from '../file.ts';
import type { Artifact } from '../list.ts';
import { hasNetfilter, type Opening, type Pair, postgresOpenings } from './allowed.ts';
import { requireRoot } from './netfilter.ts';
import { burstOf, type Limit, limitOf } from './rate.ts';

/** Where the ruleset stands on the machine. */
const TARGET = '/etc/postern/postern.nft';

/** `postern.nft`, the script that loads it, its undo, and a unit that loads it before the network is up. */
export const nftables: Artifact = {
  page: 'nftables',
  render(model) {
    if (model.plan.firewall.kind !== 'nftables' || !hasNetfilter(model)) return [];
    const script = { machine: 'database-server', language: 'sh', mode: 0o755 } as const;
    return [
      ruleset(model),
      {
        ...script,
        path: 'database-server/firewall/nftables.sh',
        title: say('nftables.title'),
        intro: [say('nftables.intro'), ...(model.platform.platform === 'docker' ? [say('firewall.dockerHost')] : [])],
        blocks: [requireRoot, { lines: load, reason: { message: say('nftables.load'), path: 'firewall.kind' } }],
      },
      bootUnit,
      {
        ...script,
        path: 'database-server/firewall/nftables-undo.sh',
        title: say('nftables.undoTitle'),
        blocks: [
          requireRoot,
          {
            lines: [sh`nft list table inet postern >/dev/null 2>&1 && nft delete table inet postern || true`],
            reason: { message: say('nftables.undo'), path: 'firewall.kind' },
          },
        ],
      },
    ];
  },
};

/**
 * One table for both families. It is declared, emptied and filled in one transaction, so that packets meet the old rules
 * or the new ones and never a part (nft(8), "atomic").
 */
function ruleset(model: AccessModel): FileDraft<'nft'> {
  const { port } = model.plan.server;
  const limit = limitOf(model);
  const openings = postgresOpenings(model).flatMap(groups);
  return {
    path: 'database-server/firewall/postern.nft',
    target: TARGET,
    machine: 'database-server',
    title: say('nftables.fileTitle'),
    intro: [say('nftables.others')],
    language: 'nft',
    blocks: [
      {
        lines: lines(nft`
          table inet postern
          delete table inet postern
          table inet postern {
        `),
      },
      ...openings.map(
        ({ name, family, from, reason }): Block<'nft'> => ({
          lines: indented(nft`
            set ${name} {
              type ${typeOf(family)}
              flags interval
              elements = ${among(from)}
            }
          `),
          reason,
        }),
      ),
      ...(limit ? [meters(limit)] : []),
      {
        lines: indented(nft`
          chain input {
            type filter hook input priority filter - 5; policy accept;
            iifname != "lo" tcp dport ${port} jump postgresql
          }
        `),
        reason: { message: say('nftables.loopback'), path: 'administration.loopback' },
      },
      ...(limit ? [limited(limit)] : []),
      { lines: indented(nft`chain postgresql {`) },
      ...openings.map(({ name, family, to, reason }): Block<'nft'> => {
        const source = nft`${inFamily(family)} saddr @${name} ${inFamily(family)} daddr`;
        const open = limit ? to.filter((prefix) => limit.to.some((other) => samePrefix(other, prefix))) : [];
        const rest = to.filter((prefix) => !open.includes(prefix));
        return {
          lines: [
            ...(open.length > 0 ? [nft`    ${source} ${among(open)} goto limited`] : []),
            ...(rest.length > 0 ? [nft`    ${source} ${among(rest)} accept`] : []),
          ],
          reason,
        };
      }),
      {
        lines: [nft`    drop`, nft`  }`, nft`}`],
        reason: { message: say('nftables.drop'), path: 'server.port' },
      },
    ],
  };
}

const indented = (text: Nft): Nft[] => lines(text).map((line) => nft`  ${line}`);

const typeOf = (family: Family): Nft => (family === 4 ? nft`ipv4_addr` : nft`ipv6_addr`);
const inFamily = (family: Family): Nft => (family === 4 ? nft`ip` : nft`ip6`);

/** Networks that reach the same addresses: one set and one rule. */
interface Group {
  readonly name: Nft;
  readonly family: Family;
  readonly from: readonly Prefix[];
  readonly to: readonly Prefix[];
  readonly reason: Opening['reason'];
}

function groups({ pairs, reason }: Opening, index: number): Group[] {
  const found: { from: Prefix[]; to: Prefix[]; family: Family }[] = [];
  for (const to of distinct(pairs.map((pair) => pair.to))) {
    const from = outermost(pairs.filter((pair) => samePrefix(pair.to, to)).map((pair) => pair.from));
    const same = found.find((group) => sameList(group.from, from));
    if (same) same.to.push(to);
    else found.push({ from, to: [to], family: to.family });
  }
  return found.map((group, at) => ({ ...group, name: nft`from_${index}_${at}`, reason }));
}

const distinct = (prefixes: readonly Prefix[]): Prefix[] =>
  prefixes.filter((prefix, index) => prefixes.findIndex((other) => samePrefix(other, prefix)) === index);

/** An interval set takes no element that lies in another one. */
const outermost = (prefixes: readonly Prefix[]): Prefix[] =>
  distinct(prefixes).filter(
    (prefix) => !prefixes.some((other) => contains(other, prefix) && !samePrefix(other, prefix)),
  );

const sameList = (a: readonly Pair['from'][], b: readonly Pair['from'][]): boolean =>
  a.length === b.length && a.every((prefix, index) => b[index] !== undefined && samePrefix(prefix, b[index]));

/** One counter for each address; of IPv6 for each /64, because a client may take any address in its own. */
const meters = ({ reason }: Limit): Block<'nft'> => ({
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
function limited(limit: Limit): Block<'nft'> {
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

const load = lines(sh`
  command -v nft >/dev/null || { echo 'nft is not installed. On Debian and Ubuntu: apt install nftables' >&2; exit 1; }
  rules=${sh`/etc/postern/postern.nft`}
  nft -c -f "$rules"
  nft -f "$rules"
  # What another table drops stays dropped, whatever is accepted here.
  nft list ruleset | awk '
    /^table / { table = $2 " " $3 }
    /hook (input|prerouting)/ && /policy drop/ && table != "inet postern" {
      print table " drops what it does not accept: it has to let the port through as well." > "/dev/stderr"
    }
  '
`);

/**
 * Rules of the kernel are gone after a restart. The packaged nftables.service empties every table when it starts and
 * when it reloads, so this one follows it.
 */
const bootUnit: FileDraft<'ini'> = {
  path: 'database-server/firewall/postern-nftables.service',
  target: '/etc/systemd/system/postern-nftables.service',
  machine: 'database-server',
  title: say('nftables.unitTitle'),
  language: 'ini',
  blocks: [
    {
      lines: lines(ini`
        [Unit]
        Description=Rules for the PostgreSQL port, made by Postern
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
        ExecStart=/usr/sbin/nft -f /etc/postern/postern.nft
        ExecReload=/usr/sbin/nft -f /etc/postern/postern.nft

        [Install]
        WantedBy=multi-user.target
      `),
      reason: { message: say('nftables.unitOrder'), path: 'firewall.kind' },
    },
  ],
};
