import { say } from '../../messages/message.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import type { Artifact, FileDraft, Windowed } from '../file.ts';
import { rootOnly } from '../root-only.ts';

/** The ports that the policy of RHEL labels `postgresql_port_t` as shipped. */
const LABELED = [5432, 9898];

/**
 * A script records its policy changes in two files: `note` is restored by a rollback of `apply.sh` and `added` is not,
 * so `added` alone means that the change was rolled back.
 */
interface Noted {
  readonly note: string;
  readonly take: readonly Sh[];
  readonly remove: readonly Sh[];
}

const added = (note: string): Sh => sh`${shWord(note)}.added`;

/** Written before the change, so that an interrupted run is undone as well. */
const noting = (note: string): Sh[] =>
  lines(sh`
  mkdir -p /var/lib/postern
  : >${added(note)}
  : >${shWord(note)}
`);

/** Undoes the change if our script made it. */
export const withdrawn = ({ note, remove }: Noted): Sh[] => [
  sh`if [ -e ${added(note)} ]; then`,
  ...remove.map((line) => sh`  ${line}`),
  sh`  rm -f ${shWord(note)} ${added(note)}`,
  sh`fi`,
];

/** How `apply.sh` rolls the change back. */
export const rolledBack = (noted: Noted): Required<Pick<Windowed, 'changes' | 'back'>> => ({
  changes: [noted.note],
  back: [sh`if [ ! -e ${shWord(noted.note)} ]; then`, ...withdrawn(noted).map((line) => sh`  ${line}`), sh`fi`],
});

const PROGRAMS = sh`command -v selinuxenabled >/dev/null && selinuxenabled`;

function label(port: number): Noted {
  const note = `/var/lib/postern/selinux-port-${port}`;
  return {
    note,
    take: lines(sh`
      if ! { ${PROGRAMS}; }; then
        echo 'SELinux is disabled: nothing to do.'
        exit 0
      fi
      command -v semanage >/dev/null || { echo 'semanage is not installed. Run: sudo dnf install policycoreutils-python-utils' >&2; exit 1; }
      # Types of the ports that nobody has claimed do not count.
      owner=$(semanage port -l | awk -v port=${port} '
        $2 == "tcp" && $1 !~ /^(unreserved|reserved|hi_reserved|ephemeral)_port_t$/ {
          for (i = 3; i <= NF; i++) {
            gsub(/,/, "", $i)
            high = split($i, range, "-") > 1 ? range[2] : range[1]
            if (port + 0 >= range[1] + 0 && port + 0 <= high + 0) { print $1; exit }
          }
        }')
      case $owner in
        postgresql_port_t) echo 'Port ${port} already has the label of PostgreSQL.' ;;
        '')
          label_port ;;
        *)
          echo "SELinux labels port ${port} as $owner, which belongs to another service. Choose another port." >&2
          exit 1 ;;
      esac
    `),
    remove: [sh`semanage port -d -t postgresql_port_t -p tcp ${port}`],
  };
}

/** `selinux.sh`: lets PostgreSQL bind the plan's port on RHEL, where SELinux allows only the default one. */
export const selinuxPort: Artifact = {
  page: 'settings',
  render(model) {
    const { port } = model.plan.server;
    if (model.platform.platform !== 'rhel' || LABELED.includes(port)) return [];
    return [
      ...scripts('database-server', 'database-server', port),
      ...model.replicas.flatMap(({ slug }) => scripts('replicas', `replicas/${slug}`, port)),
    ];
  },
};

function scripts(machine: 'database-server' | 'replicas', folder: string, port: number): FileDraft<'sh'>[] {
  const noted = label(port);
  const script = { machine, language: 'sh', mode: 0o755 } as const;
  const reason = { message: say('selinux.port', { port }), path: 'server.port' };
  return [
    {
      ...script,
      path: `${folder}/selinux.sh`,
      title: say('selinux.title', { port }),
      intro: [say('selinux.intro')],
      window: {
        ...rolledBack(noted),
        check: lines(sh`
          if ${PROGRAMS} && ! command -v semanage >/dev/null; then
            tell 'semanage is not installed. Run: sudo dnf install policycoreutils-python-utils' >&2
            return 1
          fi
        `),
      },
      blocks: [
        { lines: root },
        {
          lines: [
            sh`label_port() {`,
            ...noting(noted.note).map((line) => sh`  ${line}`),
            sh`  semanage port -a -t postgresql_port_t -p tcp ${port}`,
            sh`}`,
            ...noted.take,
          ],
          reason,
        },
      ],
    },
    {
      ...script,
      path: `${folder}/selinux-undo.sh`,
      purpose: 'undo',
      title: say('selinux.undoTitle', { port }),
      blocks: [{ lines: root }, { lines: withdrawn(noted), reason }],
    },
  ];
}

const root = lines(sh`
  set -euo pipefail
  ${rootOnly}
`);

const BOOLEAN = '/var/lib/postern/selinux-haproxy_connect_any';

/** HAProxy may connect to and bind the ports of other services only with this boolean (haproxy_selinux(8)). */
export const haproxyConnects: Noted = {
  note: BOOLEAN,
  take: [
    sh`if ${PROGRAMS} && [ "$(getsebool haproxy_connect_any)" = 'haproxy_connect_any --> off' ]; then`,
    ...noting(BOOLEAN).map((line) => sh`  ${line}`),
    sh`  setsebool -P haproxy_connect_any on`,
    sh`fi`,
  ],
  remove: [sh`setsebool -P haproxy_connect_any off`],
};
