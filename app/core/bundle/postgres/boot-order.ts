import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { addressText, parseAddress } from '../../net/prefix.ts';
import { type Ini, ini, iniValue } from '../../quote/ini.ts';
import { lines } from '../../quote/lines.ts';
import { sh } from '../../quote/sh.ts';
import { join } from '../../quote/template.ts';
import type { Artifact, FileDraft } from '../file.ts';
import { calledScript } from '../readers/script.ts';
import { systemdDropIn } from '../readers/systemd.ts';
import { madeHere } from '../replica/source.ts';
import { publishedAddresses } from './compose.ts';

/** Where the waiting script is installed. Only systemd runs it. */
const WAIT_PROGRAM = '/usr/local/sbin/postern-wait-for-addresses';

/** Seconds that a start at boot may wait for an address, in addition to the wait for the network itself. */
const PATIENCE = 60;

/**
 * PostgreSQL skips a listen address that doesn't exist yet and doesn't try it again, and packaged units start it after
 * `network.target`, which doesn't wait for addresses (systemd.special(7)). So a start at boot waits for them, for a while.
 */
export const bootOrder: Artifact = {
  page: 'settings',
  render(model) {
    const service = serviceAtBoot(model);
    if (service === null) return [];
    return [
      ...files(service, 'database-server', 'database-server', addressesOf(model)),
      ...(madeHere(model)
        ? model.replicas.flatMap(({ slug, addresses }) => files(service, 'replicas', `replicas/${slug}`, addresses))
        : []),
    ];
  },
};

/** The systemd service that starts PostgreSQL, which is Docker's for a container; null where there is no systemd. */
export const serviceAtBoot = ({ platform }: AccessModel): string | null =>
  platform.platform === 'docker' ? 'docker.service' : platform.systemd ? platform.service : null;

/** In a container PostgreSQL listens everywhere, and Docker needs the addresses on which it publishes the port. */
const addressesOf = (model: AccessModel): string[] =>
  model.platform.platform === 'docker' ? publishedAddresses(model) : model.listen.map(({ address }) => address);

const LOOPBACK = ['127.0.0.1', '::1'];

function files(
  service: string,
  machine: 'database-server' | 'replicas',
  folder: string,
  listened: readonly string[],
): FileDraft[] {
  const addresses = listened
    .flatMap((text) => parseAddress(text) ?? [])
    .map(addressText)
    .filter((text) => !LOOPBACK.includes(text));
  if (addresses.length === 0) return [];
  const docker = service === 'docker.service';
  const waited: Ini = join(addresses.map(iniValue), ' ');
  return [
    {
      path: `${folder}/wait-for-addresses.sh`,
      target: WAIT_PROGRAM,
      reader: calledScript,
      machine,
      title: say('bootOrder.scriptTitle'),
      intro: [say('bootOrder.scriptIntro')],
      language: 'sh',
      mode: 0o755,
      blocks: [{ lines: wait, reason: { message: say('bootOrder.bound'), path: 'server.addresses' } }],
    },
    {
      path: `${folder}/${docker ? 'docker' : 'postgresql'}-after-network.conf`,
      target: `/etc/systemd/system/${service}.d/postern-after-network.conf`,
      reader: systemdDropIn,
      machine,
      title: say(docker ? 'bootOrder.dockerTitle' : 'bootOrder.title'),
      intro: [say('order.intro')],
      language: 'ini',
      blocks: [
        {
          lines: lines(ini`
            [Unit]
            Wants=network-online.target
            After=network-online.target

            [Service]
            ExecStartPre=-+${iniValue(WAIT_PROGRAM)} ${PATIENCE} ${waited}
          `),
          reason: { message: say(docker ? 'bootOrder.dockerWhy' : 'bootOrder.why'), path: 'server.addresses' },
        },
      ],
    },
  ];
}

/** An IPv6 address that is tentative can't be bound yet (RFC 4862, 5.4). */
const wait = lines(sh`
  set -u
  limit=\${1:-0}
  [ $# -eq 0 ] || shift
  present() { ip -o address show to "$1" 2>/dev/null | grep -v ' tentative' | grep -q .; }
  missing() {
    local address
    for address in "$@"; do present "$address" || printf ' %s' "$address"; done
  }
  command -v ip >/dev/null || { echo 'ip is not installed, so the start does not wait for addresses.' >&2; exit 0; }
  # A restart later on must not be delayed by an address that is gone.
  case $(systemctl is-system-running 2>/dev/null) in
    running | degraded | maintenance | stopping) exit 0 ;;
  esac
  while absent=$(missing "$@") && [ -n "$absent" ]; do
    if [ "$SECONDS" -ge "$limit" ]; then
      echo "After $limit seconds these addresses are still missing:$absent. The start continues without them. Once they exist, restart PostgreSQL." >&2
      exit 0
    fi
    sleep 0.5
  done
`);
