import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { must } from '../../server/harness/command.ts';
import { own } from '../../server/harness/places.ts';
import { until } from '../../server/harness/until.ts';
import { type Booted, boot } from './machine.ts';

/** Debian's engine and the contents of an image (scripts/lib/debian-docker.mjs), or the reason why there is none. */
export const docker: { readonly engine?: string; readonly image?: string; readonly missing?: string } = JSON.parse(
  process.env.POSTERN_DOCKER ?? '{ "missing": "start the tests with `npm run test:lab`" }',
);

const log = `${own}/dockerd.log`;
const image = `${own}/image.tar`;

const links = [
  ...['docker', 'containerd', 'containerd-shim-runc-v2'].map((name) => [`usr/bin/${name}`, `/usr/local/bin/${name}`]),
  ...['dockerd', 'docker-proxy', 'runc'].map((name) => [`usr/sbin/${name}`, `/usr/local/bin/${name}`]),
  ['usr/libexec/docker/cli-plugins/docker-compose', '/usr/local/libexec/docker/cli-plugins/docker-compose'],
] as const;

/** Like Debian's unit, without the socket of systemd and without a separate containerd. The journal is a file here. */
const service = `[Unit]
DefaultDependencies=no
After=network-online.target
Wants=network-online.target
[Service]
Type=notify
Environment=PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
ExecStart=/usr/local/bin/dockerd --exec-opt native.cgroupdriver=cgroupfs
ExecStopPost=-/bin/find /sys/fs/cgroup/docker -depth -type d -empty -delete
TimeoutStopSec=30
Delegate=yes
KillMode=process
StandardOutput=append:${log}
StandardError=append:${log}
`;
/** The packaged ufw.service loads the rules before there is a network. */
const ufw = `[Unit]
DefaultDependencies=no
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/lib/ufw/ufw-init start quiet
`;
const target = '[Unit]\nDefaultDependencies=no\n';

/** Installs the programs of the engine in the PATH; its images and volumes are kept in memory. */
export function installEngine(): void {
  for (const [file, link] of links) {
    rmSync(link, { force: true });
    mkdirSync(link.replace(/\/[^/]*$/, ''), { recursive: true });
    symlinkSync(`${docker.engine}/${file}`, link);
  }
  mkdirSync('/var/lib/docker', { recursive: true });
  must('mount', ['-t', 'tmpfs', 'postern', '/var/lib/docker']);
}

export function removeEngine(): void {
  for (const [, link] of links) rmSync(link, { force: true });
  must('umount', ['/var/lib/docker']);
  forget();
  for (const tool of ['iptables', 'ip6tables']) emptyFilter(tool);
}

/** The state after a power cut: neither sockets nor the rules and networks of the kernel. */
export function forget(): void {
  must('sh', ['-c', 'umount -q /run/docker/netns/* /run/docker/*/netns/* 2>/dev/null; true']);
  for (const path of ['/run/docker', '/run/docker.sock', '/run/docker.pid', '/run/containerd', '/var/run/docker.pid'])
    rmSync(path, { recursive: true, force: true });
  for (const link of must('ip', ['-br', 'link', 'show', 'type', 'bridge']).split('\n'))
    if (/^(docker0|br-\w+)/.test(link)) must('ip', ['link', 'del', link.split(' ')[0] ?? '']);
}

/** As after a boot: no chains, nothing blocked. */
export function emptyFilter(tool: string): void {
  must(`${tool}-restore`, [], '*filter\n:INPUT ACCEPT\n:FORWARD ACCEPT\n:OUTPUT ACCEPT\nCOMMIT\n*nat\nCOMMIT\n');
}

/** Boots a machine with systemd and Docker. */
export const bootWithDocker = (): Promise<Booted> =>
  boot(
    {
      'docker.service': service,
      'network-online.target': `${target}After=ufw.service\nWants=ufw.service\n`,
      'multi-user.target': target,
    },
    { 'ufw.service': ufw, 'network.target': target },
  );

export const dockerLog = (): string => (existsSync(log) ? readFileSync(log, 'utf8').slice(-4000) : '');

/**
 * An image that acts as the official one, `docker-library/postgres`: initdb at the first start, with trust for the machine
 * itself and a password for every address.
 */
const entrypoint = `#!/bin/bash
set -euo pipefail
if [ "$1" = postgres ] && [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA"
  chown -R postgres:postgres /var/lib/postgresql
  exec setpriv --reuid postgres --regid postgres --init-groups "$BASH_SOURCE" "$@"
fi
if [ "$1" = postgres ] && [ ! -s "$PGDATA/PG_VERSION" ]; then
  initdb --username="\${POSTGRES_USER:-postgres}" --pwfile=<(printf '%s\\n' "$POSTGRES_PASSWORD") --no-sync >/dev/null
  printf '\\nhost all all all scram-sha-256\\n' >>"$PGDATA/pg_hba.conf"
fi
exec "$@"
`;

/** Makes the image from Debian's packages and gives it the name of the official one. */
export async function importImage(machine: Booted): Promise<void> {
  const root = `${own}/image`;
  must('cp', ['-a', docker.image ?? '', root]);
  const at = (path: string) => `${root}/${path}`;
  const account = 'postgres:x:999:999::/var/lib/postgresql:/bin/bash\n';
  writeFileSync(at('etc/passwd'), `root:x:0:0:root:/root:/bin/bash\n${account}`);
  writeFileSync(at('etc/group'), 'root:x:0:\npostgres:x:999:\n');
  for (const path of [
    'usr/local/bin',
    'var/lib/postgresql',
    'run/postgresql',
    'root',
    'tmp',
    'var/tmp',
    'proc',
    'sys',
    'dev',
  ])
    mkdirSync(at(path), { recursive: true });
  rmSync(at('var/run'), { recursive: true, force: true });
  symlinkSync('../run', at('var/run'));
  must('chown', ['999:999', at('run/postgresql'), at('var/lib/postgresql')]);
  must('chmod', ['1777', at('tmp'), at('var/tmp')]);
  writeFileSync(at('usr/local/bin/docker-entrypoint.sh'), entrypoint, { mode: 0o755 });
  // The official image listens everywhere.
  const sample = at('usr/share/postgresql/18/postgresql.conf.sample');
  const settings = readFileSync(sample, 'utf8');
  writeFileSync(sample, settings.replace(/^#listen_addresses = .*$/m, "listen_addresses = '*'"));
  must('tar', ['-C', root, '-cf', image, '.']);
  const changes = [
    'ENV PATH=/usr/lib/postgresql/18/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    'ENV PGDATA=/var/lib/postgresql/18/docker',
    'ENV LANG=C.UTF-8',
    'VOLUME /var/lib/postgresql',
    'EXPOSE 5432',
    'STOPSIGNAL SIGINT',
    'ENTRYPOINT ["docker-entrypoint.sh"]',
    'CMD ["postgres"]',
  ].flatMap((change) => ['--change', change]);
  const { code, stderr } = await machine.run('docker', ['import', ...changes, image, 'postgres:18']);
  if (code !== 0) throw new Error(`docker import failed: ${stderr}\n${dockerLog()}`);
  rmSync(image);
  rmSync(root, { recursive: true });
}

export const untilDockerAnswers = (machine: Booted): Promise<boolean> =>
  until('Docker answers', async () => (await machine.run('docker', ['version'])).code === 0, dockerLog);
