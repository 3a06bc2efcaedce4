import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { prefixText } from '../../net/prefix.ts';
import { haproxy, haproxyWord } from '../../quote/haproxy.ts';
import { lines } from '../../quote/lines.ts';
import { sh } from '../../quote/sh.ts';
import { canonical, hostPort } from '../bastion/targets.ts';
import type { Artifact, Block, FileDraft } from '../file.ts';
import { haproxyConnects, rolledBack, withdrawn } from '../postgres/selinux.ts';
import { rootOnly } from '../root-only.ts';
import { innerHop, proxied } from './proxied.ts';

/** Default of max_connections. */
const DEFAULT_MAX_CONNECTIONS = 100;

/** HAProxy on the bastion: forwards the bytes of the clients' networks, including TLS. */
export const haproxyFiles: Artifact = {
  page: 'haproxy',
  render(model) {
    return proxied(model, 'haproxy') ? [configuration(model), install, undo] : [];
  },
};

function configuration(model: AccessModel): FileDraft<'haproxy'> {
  const found = proxied(model, 'haproxy');
  if (!found) throw new Error('only for a plan with HAProxy');
  const { bastion, proxy, clients } = found;
  const { from, to } = innerHop(model, bastion);
  const { maxConnections, superuserReserved, reserved } = model.plan.security;
  const limit = Math.max(1, (maxConnections ?? DEFAULT_MAX_CONNECTIONS) - superuserReserved - reserved);
  return {
    path: 'bastion/haproxy.cfg',
    purpose: 'part',
    machine: 'bastion',
    title: say('haproxy.title'),
    intro: [say('haproxy.intro')],
    language: 'haproxy',
    blocks: [
      {
        reason: { message: say('haproxy.global'), path: 'network.proxy' },
        lines: lines(haproxy`
          global
              log /dev/log local0
              user haproxy
              group haproxy
              maxconn ${limit * 2 + 100}
        `),
      },
      {
        reason: { message: say('haproxy.timeouts'), path: 'network.proxy' },
        lines: lines(haproxy`
          defaults
              mode tcp
              log global
              option tcplog
              option dontlognull
              option clitcpka
              option srvtcpka
              timeout connect 10s
              timeout queue 30s
              timeout client 24h
              timeout server 24h
        `),
      },
      {
        reason: { message: say('haproxy.bind'), path: 'network.publicAddresses' },
        lines: [
          haproxy`frontend postgresql`,
          ...bastion.publicAddresses.map(
            (address) => haproxy`    bind ${haproxyWord(hostPort(canonical(address), proxy.port))}`,
          ),
        ],
      },
      ...clients.map((access): Block<'haproxy'> => {
        return {
          reason: { message: say('haproxy.client', { client: access.client.name }), path: `${access.path}.sources` },
          lines: access.sources.map((source) => haproxy`    acl client src ${haproxyWord(prefixText(source))}`),
        };
      }),
      {
        reason: { message: say('haproxy.reject'), path: 'clients' },
        lines: [haproxy`    tcp-request connection reject if !client`, haproxy`    default_backend postgresql`],
      },
      {
        reason: { message: say('haproxy.server', { address: from, limit }), path: 'network.privateAddresses' },
        lines: [
          haproxy`backend postgresql`,
          haproxy`    server database ${haproxyWord(hostPort(to, model.plan.server.port))} source ${haproxyWord(from)} maxconn ${limit}`,
        ],
      },
    ],
  };
}

const asRoot = lines(sh`
  set -euo pipefail
  ${rootOnly}
  target=/etc/haproxy/haproxy.cfg
  kept=$target.before-postern
  placed=/var/lib/postern/proxy/haproxy.cfg # what was installed last
  ours() { grep -q 'Made by Postern' "$target" 2> /dev/null; }
`);

/** A file that serves nobody, or the unmodified file of the package, may be replaced. */
const refusal = lines(sh`
  refuse() {
    printf '%s\n' "$@" 'Nothing was changed.' >&2
    exit 1
  }
  packaged() { # the file is as the package brought it
    if command -v dpkg-query > /dev/null; then
      dpkg-query -W -f='\${Conffiles}\n' haproxy 2> /dev/null | grep -qF " $target $(md5sum < "$target" | cut -d ' ' -f 1)"
    else
      rpm -q haproxy > /dev/null 2>&1 && ! rpm -V haproxy | grep -q " $target$"
    fi
  }
  may_replace() {
    local sections
    if [ ! -e "$target" ]; then return 0; fi
    if ours; then
      if [ "\${1:-}" = --replace ] || [ ! -e "$placed" ] || cmp -s "$placed" "$target"; then return 0; fi
      diff -u --label 'as installed' --label "$target" "$placed" "$target" >&2 || true
      refuse "$target was edited since Postern installed it, as shown above. To discard these edits: sudo bash install-haproxy.sh --replace"
    fi
    sections=$(grep -E '^[[:space:]]*(frontend|listen|backend)[[:space:]]' "$target" | paste -sd ',' || true)
    if [ -z "$sections" ] || packaged; then return 0; fi
    refuse "$target already serves others: $sections." \
      "Merge by hand: copy the sections 'frontend postgresql' and 'backend postgresql' of $from/haproxy.cfg to its end," \
      "add to both the lines below 'defaults' there, and check with: haproxy -c -f $target" \
      'Or run a second HAProxy with a unit of its own for this file.'
  }
  may_replace "\${1:-}"
  if [ "\${1:-}" = --check ]; then exit; fi
`);
const selinux = rolledBack(haproxyConnects);

const install: FileDraft<'sh'> = {
  path: 'bastion/install-haproxy.sh',
  machine: 'bastion',
  title: say('haproxy.installTitle'),
  intro: [say('haproxy.installIntro')],
  language: 'sh',
  mode: 0o755,
  window: {
    changes: [
      ...['', '.before-postern', '.last', '.new'].map((ending) => `/etc/haproxy/haproxy.cfg${ending}`),
      '/var/lib/postern/proxy/haproxy.cfg',
      ...selinux.changes,
    ],
    units: ['haproxy'],
    programs: ['haproxy'],
    // A rollback does not remove packages, so apply.sh installs none.
    check: lines(sh`
      command -v haproxy >/dev/null || { tell 'HAProxy is not installed. Install the package haproxy first.' >&2; return 1; }
      haproxy -c -f "$here/haproxy.cfg" >/dev/null
      bash "$here/install-haproxy.sh" --check
    `),
    back: [...selinux.back, sh`if was_active haproxy; then systemctl reload-or-restart haproxy; fi`],
  },
  blocks: [
    {
      lines: [
        ...asRoot,
        ...lines(sh`
          from=$(cd "$(dirname "$0")" && pwd)
        `),
        ...refusal,
        ...lines(sh`
          if ! command -v haproxy > /dev/null; then
            if command -v apt-get > /dev/null; then apt-get install -y haproxy; else dnf install -y haproxy; fi
          fi
        `),
      ],
    },
    { reason: { message: say('selinux.haproxy'), path: 'network.proxy' }, lines: haproxyConnects.take },
    {
      reason: { message: say('haproxy.check'), path: 'network.proxy' },
      lines: lines(sh`
        haproxy -c -q -f "$from/haproxy.cfg"
        mkdir -p /etc/haproxy
        if [ -e "$target" ] && [ ! -e "$kept" ] && ! ours; then
          cp -a "$target" "$kept.new"
          mv "$kept.new" "$kept"
        fi
        last=
        if [ -e "$target" ]; then
          last=$target.last
          cp -a "$target" "$last"
        fi
        install -m 0644 "$from/haproxy.cfg" "$target.new"
        mv "$target.new" "$target"
        systemctl enable haproxy
        if ! systemctl reload-or-restart haproxy; then
          echo 'HAProxy rejects the file. The earlier file is restored.' >&2
          if [ -n "$last" ]; then mv "$last" "$target"; systemctl restart haproxy; else rm -f "$target"; fi
          exit 1
        fi
        if [ -n "$last" ]; then rm -f "$last"; fi
        install -D -m 0644 "$from/haproxy.cfg" "$placed"
        echo 'HAProxy forwards connections.'
      `),
    },
  ],
};

const undo: FileDraft<'sh'> = {
  path: 'bastion/haproxy-undo.sh',
  purpose: 'undo',
  machine: 'bastion',
  title: say('haproxy.undoTitle'),
  language: 'sh',
  mode: 0o755,
  blocks: [
    {
      lines: [
        ...asRoot,
        ...withdrawn(haproxyConnects),
        ...lines(sh`
          if [ -e "$kept" ]; then
            mv "$kept" "$target"
            systemctl reload-or-restart haproxy
          elif ours; then
            systemctl disable --now haproxy || true
            rm -f "$target"
          fi
          rm -f "$placed"
        `),
      ],
    },
  ],
};
