import { join } from 'node:path';
import { child } from './child.mjs';
import { debianRelease } from './debian-archive.mjs';
import { unpacked, withLibraries } from './debian-folders.mjs';
import { repository } from './repository.mjs';

/** Debian 13 is the first release whose Docker Compose reads `!override` (2.24.4); its programs run on Debian 12, too. */
const SUITE = 'trixie';

const folder = join(repository, '.tools/docker');

/** Programs that the entry point of the image and `apply.sh` call in the container, besides PostgreSQL. */
const tools =
  'bash coreutils dash debianutils diffutils findutils gawk grep hostname libc-bin procps sed util-linux'.split(' ');

const apart = ['--mount', '--net', '--pid', '--cgroup', '--fork', '--mount-proc', '--kill-child'];

/** What the engine requires of the kernel, beyond the namespaces that every test of the lab has. */
const needs = `
  mount -t tmpfs none /mnt
  mkdir /mnt/upper /mnt/work /mnt/lower /mnt/cgroup
  mount -t overlay -o lowerdir=/mnt/lower,upperdir=/mnt/upper,workdir=/mnt/work none /mnt/lower
  mount -t cgroup2 none /mnt/cgroup
  mkdir /mnt/cgroup/postern-docker
  rmdir /mnt/cgroup/postern-docker
  ip link add name docker0 type bridge
  iptables -t nat -A POSTROUTING -j MASQUERADE
`;

/**
 * Docker's engine and the contents of an image of PostgreSQL 18, each unpacked into its own folder: `{ engine, image
 * }`, or `{ missing }` with the reason. Nothing is installed or started.
 */
export async function debianDocker() {
  const refused = await child('unshare', [...apart, 'sh', '-ec', needs]);
  if (refused.code !== 0) return { missing: `Docker's engine cannot run here: ${refused.output.trim()}` };
  const engine = await unpacked(join(folder, 'engine'), {
    what: 'Docker',
    suites: [...new Set([SUITE, debianRelease()])],
    // The engine needs only libraries that every Debian has; runc needs the C library of its own release.
    choose: () => [
      ...['docker.io', 'docker-cli', 'docker-compose', 'containerd'].map((name) => `${name}/${SUITE}`),
      `runc/${debianRelease()}`,
    ],
  });
  if (engine.missing) return engine;
  const { code, output } = await child(join(engine.root, 'usr/sbin/dockerd'), ['--version']);
  if (code !== 0) return { missing: `Docker of Debian ${SUITE} does not run here: ${output.trim()}` };
  const image = await unpacked(join(folder, 'image'), {
    what: 'PostgreSQL 18',
    suites: ['sid'],
    choose: (apt) => withLibraries(apt, ['postgresql-18', 'postgresql-client-18', ...tools]),
  });
  return image.missing ? image : { engine: engine.root, image: image.root };
}
