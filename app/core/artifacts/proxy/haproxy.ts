import type { AccessModel } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import { prefixText } from '../../net/prefix.ts';
import { haproxy, haproxyWord } from '../../quote/haproxy.ts';
import { lines } from '../../quote/lines.ts';
import { sh } from '../../quote/sh.ts';
import { canonical, hostPort } from '../bastion/targets.ts';
import type { Block, FileDraft } from '../file.ts';
import type { Artifact } from '../list.ts';
import { innerHop, proxied } from './proxied.ts';

/** max_connections of a server that nobody changed. */
const DEFAULT_MAX_CONNECTIONS = 100;

/** HAProxy on the bastion: passes the bytes of the clients' networks on, TLS and all. */
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
  if [ "$(id -u)" -ne 0 ]; then echo 'Run this as root: sudo bash, then the name of this file.' >&2; exit 1; fi
  target=/etc/haproxy/haproxy.cfg
  kept=$target.before-postern
  ours() { grep -q 'Made by Postern' "$target" 2> /dev/null; }
`);

const install: FileDraft<'sh'> = {
  path: 'bastion/install-haproxy.sh',
  machine: 'bastion',
  title: say('haproxy.installTitle'),
  intro: [say('haproxy.installIntro')],
  language: 'sh',
  mode: 0o755,
  window: {
    changes: ['/etc/haproxy/haproxy.cfg', '/etc/haproxy/haproxy.cfg.before-postern'],
    back: lines(sh`
      if [ -e /etc/haproxy/haproxy.cfg ]; then systemctl reload-or-restart haproxy; else systemctl disable --now haproxy; fi
    `),
  },
  blocks: [
    {
      lines: [
        ...asRoot,
        ...lines(sh`
          from=$(cd "$(dirname "$0")" && pwd)
          if ! command -v haproxy > /dev/null; then
            if command -v apt-get > /dev/null; then apt-get install -y haproxy; else dnf install -y haproxy; fi
          fi
        `),
      ],
    },
    {
      reason: { message: say('haproxy.check'), path: 'network.proxy' },
      lines: lines(sh`
        haproxy -c -q -f "$from/haproxy.cfg"
        mkdir -p /etc/haproxy
        if [ -e "$target" ] && [ ! -e "$kept" ] && ! ours; then cp -a "$target" "$kept"; fi
        last=
        if [ -e "$target" ]; then
          last=$(mktemp "$target.XXXXXX")
          cp -a "$target" "$last"
        fi
        install -m 0644 "$from/haproxy.cfg" "$target.new"
        mv "$target.new" "$target"
        systemctl enable haproxy
        if ! systemctl reload-or-restart haproxy; then
          echo 'HAProxy did not take the file; the one before is put back.' >&2
          if [ -n "$last" ]; then mv "$last" "$target"; systemctl restart haproxy; else rm -f "$target"; fi
          exit 1
        fi
        if [ -n "$last" ]; then rm -f "$last"; fi
        echo 'HAProxy passes connections on.'
      `),
    },
  ],
};

const undo: FileDraft<'sh'> = {
  path: 'bastion/haproxy-undo.sh',
  machine: 'bastion',
  title: say('haproxy.undoTitle'),
  language: 'sh',
  mode: 0o755,
  blocks: [
    {
      lines: [
        ...asRoot,
        ...lines(sh`
          if [ -e "$kept" ]; then
            mv "$kept" "$target"
            systemctl reload-or-restart haproxy
          elif ours; then
            systemctl disable --now haproxy || true
            rm -f "$target"
          fi
        `),
      ],
    },
  ],
};
