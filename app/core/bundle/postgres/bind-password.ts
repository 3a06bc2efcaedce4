import { say } from '../../messages/message.ts';
import type { AccessModel, HbaEntry } from '../../model/model.ts';
import { bindPasswordFile, type DirectoryBind, directoryBinds } from '../../plan/directory-bind.ts';
import { pathIn } from '../../postgres/platform.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import { join } from '../../quote/template.ts';
import type { Artifact, FileDraft, Machine } from '../file.ts';
import { rootOnly } from '../root-only.ts';
import { writtenEntries } from './hba.ts';

/**
 * Maximum length of a password in bytes: with `ldapbindpasswd=` it is one token, and older minor releases limit a token
 * to 255.
 */
const LONGEST = 240;

/** A bind DN whose password a machine needs. */
export interface Bind extends DirectoryBind {
  /** The file with the password, as pg_hba.conf names it. */
  readonly file: string;
}

/** The bind DNs in the rules of the machine. */
export function bindsOf(model: AccessModel, machine: Machine): Bind[] {
  const { server, clients } = model.plan;
  const binds = directoryBinds(clients);
  if (binds.length === 0) return [];
  const hbaEntries: readonly HbaEntry[] = machine === 'replicas' ? model.replicaHbaEntries : writtenEntries(model);
  const needed = new Set(hbaEntries.map(({ optionFile }) => optionFile));
  return binds
    .map((bind) => ({ ...bind, file: bindPasswordFile(server, bind.server) }))
    .filter(({ file }) => needed.has(file));
}

/** The file with a password, as the machine, or the container on it, names it. */
export const bindFileOn = ({ platform }: AccessModel, { file }: Bind): string =>
  file.startsWith('/') ? file : pathIn(platform, platform.configDirectory, ...file.split('/'));

/**
 * `enter-ldap-password.sh`: the password is entered on the machine that needs it, and is written to the file through a
 * pipe from a shell builtin, so it is in no argument and no environment.
 */
export const bindPassword: Artifact = {
  page: 'pg-hba',
  render(model) {
    if (model.platform.platform === 'windows') return [];
    return [
      ...script(model, 'database-server', 'database-server'),
      ...model.replicas.flatMap(({ slug }) => script(model, 'replicas', `replicas/${slug}`)),
    ];
  },
};

function script(model: AccessModel, machine: Machine, folder: string): FileDraft<'sh'>[] {
  const binds = bindsOf(model, machine);
  const [first] = binds;
  if (!first) return [];
  const array = (words: readonly string[]) => sh`(${join(words.map(shWord), ' ')})`;
  return [
    {
      path: `${folder}/enter-ldap-password.sh`,
      guide: { title: say('guide.step.bindPassword') },
      machine,
      title: say('bindPassword.title'),
      intro: [say('bindPassword.intro'), say('bindPassword.unattended', { server: first.server })],
      prepare: say('bindPassword.intro'),
      language: 'sh',
      mode: 0o755,
      blocks: [
        {
          lines: [
            ...lines(sh`
              set -euo pipefail
              umask 077
              export LC_ALL=C
            `),
            sh`servers=${array(binds.map(({ server }) => server))}`,
            sh`names=${array(binds.map(({ dn }) => dn))}`,
            sh`files=${array(binds.map((bind) => bindFileOn(model, bind)))}`,
            ...(model.platform.platform === 'docker' ? inContainer(model) : onMachine(model)),
            ...asking,
            sh`echo ${shWord(`If PostgreSQL already uses this password, reload it: ${model.platform.reload}`)}`,
          ],
          reason: { message: say('bindPassword.how'), path: first.path },
        },
      ],
    },
  ];
}

const onMachine = ({ platform }: AccessModel): Sh[] =>
  lines(sh`
    ${rootOnly}
    store() { # file; its content comes on standard input
      local folder next
      folder=$(dirname "$1")
      (umask 022; mkdir -p "$folder")
      next=$(mktemp "$folder/.new.XXXXXX")
      if ! cat >"$next" || ! chown ${ownerOf(platform)}: "$next" || ! mv -f "$next" "$1"; then
        rm -f "$next"
        return 1
      fi
      if command -v restorecon >/dev/null; then restorecon "$1" 2>/dev/null || true; fi
    }
  `);

/** On macOS the server runs as the user who installed it, who owns its data. */
const ownerOf = ({ platform, osUser, dataDirectory }: AccessModel['platform']): Sh =>
  platform === 'macos' ? sh`"$(stat -f %Su ${shWord(dataDirectory)})"` : shWord(osUser);

/** In the directory of compose.yaml, like the other commands of the guide. */
const inContainer = ({ platform }: AccessModel): Sh[] => [
  sh`store() { # file; its content comes on standard input`,
  sh`  docker compose exec -T -u root db sh -c ${shWord(storeInside)} sh "$1" ${shWord(`${platform.osUser}:`)}`,
  sh`}`,
];

/** With the file and its owner as arguments, in the image's shell. */
const storeInside = join(
  lines(sh`
    set -eu
    umask 077
    folder=$(dirname "$1")
    mkdir -p "$folder"
    chown "$2" "$(dirname "$folder")" "$folder"
    next=$(mktemp "$folder/.new.XXXXXX")
    cat >"$next"
    chown "$2" "$next"
    mv -f "$next" "$1"
  `),
  '\n',
);

const asking = lines(sh`
  unset password # one from the environment would be passed on to every program
  refuse() { echo "$* Nothing was changed." >&2; exit 1; }
  ask() { # prompt; sets $password
    if [ -t 0 ]; then
      IFS= read -rsp "$1: " password
      echo >&2
    else IFS= read -r password || [ -n "\${password:-}" ] || refuse 'There is no password on standard input.'
    fi
  }
  enter() { # server, bind DN, file
    local again quote='"'
    ask "Password of $2 on $1"
    [ -n "$password" ] || refuse 'The password is empty.'
    [ "\${#password}" -le ${LONGEST} ] || refuse 'The password is longer than ${LONGEST} bytes.'
    case $password in *[[:cntrl:]]*) refuse 'The password has a control character, which pg_hba.conf cannot contain.' ;; esac
    if [ -t 0 ]; then
      again=$password
      ask 'The same password again'
      [ "$again" = "$password" ] || refuse 'The two passwords differ.'
    fi
    # The name comes last: it tells apply.sh whose password this is.
    printf 'ldapbindpasswd="%s"\n# %s\n' "\${password//$quote/$quote$quote}" "$2" | store "$3"
    echo "The password of $2 is in $3."
  }
  if [ "$#" -eq 0 ]; then set -- "\${servers[@]}"; fi
  if [ "$#" -gt 1 ] && [ ! -t 0 ]; then refuse 'Name one LDAP server for a password from standard input.'; fi
  for server in "$@"; do
    found=''
    for index in "\${!servers[@]}"; do
      if [ "\${servers[index]}" = "$server" ]; then
        enter "$server" "\${names[index]}" "\${files[index]}"
        found=yes
      fi
    done
    [ -n "$found" ] || refuse "The plan has no LDAP server $server with a bind DN."
  done
`);
