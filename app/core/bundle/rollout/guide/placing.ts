import { say } from '../../../messages/message.ts';
import type { AccessModel } from '../../../model/model.ts';
import type { Plan } from '../../../plan/schema.ts';
import { type PlatformFacts, pathIn } from '../../../postgres/platform.ts';
import { type PowerShell, powershell, psWord } from '../../../quote/powershell.ts';
import { type Sh, sh, shWord } from '../../../quote/sh.ts';
import type { FileOutline } from '../../file.ts';

type Command = Sh | PowerShell;

const octal = (mode: number) => shWord(mode.toString(8).padStart(4, '0'));

/** Suffix of backups. The first one is kept: a second run must not back up our own file. */
const KEPT = '.before-postern';

/** How files of the database server are installed on a platform. */
export interface Placing {
  readonly language: 'sh' | 'powershell';
  /** Undoing by hand, if there is no `apply.sh` that recorded the state before. */
  readonly byHand?: {
    readonly keep: (target: string) => Command[];
    readonly restore: (file: FileOutline, target: string) => Command[];
  };
  readonly install: (file: FileOutline, target: string) => Command[];
  readonly append: (file: FileOutline) => Command[];
  readonly runSql: (path: string) => Command;
  readonly psql: (statement: string) => Command;
  /** Like `psql`, for a statement that prompts at the terminal. */
  readonly prompt: (statement: string) => Command;
  /** Shows whether the account of the server can read a file. */
  readonly readable: (path: string) => Command;
}

export function placing({ platform, plan }: AccessModel): Placing {
  if (platform.platform === 'windows') return windows(platform);
  return platform.platform === 'docker' ? docker(platform, plan.server) : unix(platform);
}

/** Prints the path of a file unless it can be read. */
const unreadable = (path: string) => sh`test -r ${shWord(path)} || echo ${shWord(path)}`;

const settingsFile = (platform: PlatformFacts) => pathIn(platform, platform.configDirectory, 'postgresql.conf');

/**
 * The line that the drop-in requires, whoever wrote it; `blank` is white space in the syntax of the matching program.
 */
const included = (blank: string) => `^${blank}*include_dir${blank}*=?${blank}*'conf[.]d'`;
const INCLUDED = shWord(included('[[:space:]]'));

const directoryOf = (target: string) => shWord(target.slice(0, target.lastIndexOf('/')));

function unix(platform: PlatformFacts): Placing {
  const { osUser, superuserPsql } = platform;
  // On macOS the server runs as the user who installed it, and install(1) there has no -D.
  const macos = platform.platform === 'macos';
  const sudo = macos ? sh`` : sh`sudo `;
  const place = macos ? sh`install` : sh`sudo install -o ${shWord(osUser)} -g "$(id -gn ${shWord(osUser)})"`;
  const conf = shWord(settingsFile(platform));
  return {
    language: 'sh',
    ...(macos && { byHand: unixByHand }),
    install: (file, target) => [
      sh`${sudo}mkdir -p ${directoryOf(target)}`,
      sh`${place} -m ${octal(file.mode ?? 0o644)} ${shWord(file.path)} ${shWord(target)}`,
    ],
    append: (file) => [
      sh`${sudo}grep -Eq ${INCLUDED} ${conf} || ${sudo}tee -a ${conf} < ${shWord(file.path)} > /dev/null`,
    ],
    runSql: (path) => sh`${superuserPsql as Sh} -d postgres < ${shWord(path)}`,
    psql: (statement) => sh`${superuserPsql as Sh} -d postgres -c ${shWord(statement)}`,
    prompt: (statement) => sh`${superuserPsql as Sh} -d postgres -c ${shWord(statement)}`,
    readable: (path) => (macos ? unreadable(path) : sh`sudo -u ${shWord(osUser)} ${unreadable(path)}`),
  };
}

/** Files that did not exist before. PostgreSQL does not start without the others. */
const isOurs = ({ server }: FileOutline) => server === 'settings' || server === 'hosts';

const changedSince = (target: string) => say('guide.changedSince', { file: target, backup: target + KEPT }).text;
const noBackup = (target: string) => say('guide.noBackup', { file: target }).text;

/** As the user who runs the server on macOS, without sudo. */
const unixByHand: NonNullable<Placing['byHand']> = {
  keep: (target) => [
    sh`if test -e ${shWord(target)} && ! test -e ${shWord(target + KEPT)}; then cp -p ${shWord(target)} ${shWord(`${target}${KEPT}.new`)} && mv ${shWord(`${target}${KEPT}.new`)} ${shWord(target + KEPT)}; fi`,
  ],
  restore: (file, target) => [
    sh`if ! cmp -s ${shWord(file.path)} ${shWord(target)}; then echo ${shWord(changedSince(target))}; elif test -e ${shWord(target + KEPT)}; then mv ${shWord(target + KEPT)} ${shWord(target)}; else ${isOurs(file) ? sh`rm ${shWord(target)}` : sh`echo ${shWord(noBackup(target))}`}; fi`,
  ],
};

function docker(platform: PlatformFacts, { superuser, port }: Plan['server']): Placing {
  const { osUser, superuserPsql, socketDirectory } = platform;
  const inside = (command: Sh) => sh`docker compose exec -T db ${command}`;
  const conf = settingsFile(platform);
  const script = (text: Sh) => inside(sh`sh -c ${shWord(text)}`);
  return {
    language: 'sh',
    install: (file, target) => [
      inside(sh`mkdir -p ${directoryOf(target)}`),
      sh`docker compose cp ${shWord(file.path)} ${shWord(`db:${target}`)}`,
      inside(sh`chown ${shWord(`${osUser}:`)} ${directoryOf(target)} ${shWord(target)}`),
      inside(sh`chmod ${octal(file.mode ?? 0o644)} ${shWord(target)}`),
    ],
    append: (file) => [
      sh`${script(sh`grep -Eq ${INCLUDED} ${shWord(conf)} || cat >> ${shWord(conf)}`)} < ${shWord(file.path)}`,
    ],
    runSql: (path) => sh`${superuserPsql as Sh} -d postgres < ${shWord(path)}`,
    psql: (statement) => sh`${superuserPsql as Sh} -d postgres -c ${shWord(statement)}`,
    prompt: (statement) =>
      sh`docker compose exec -u ${shWord(osUser)} db psql -h ${shWord(socketDirectory ?? '')} -p ${port} -U ${shWord(superuser)} -d postgres -c ${shWord(statement)}`,
    readable: (path) => sh`docker compose exec -T -u ${shWord(osUser)} db ${unreadable(path)}`,
  };
}

function windows(platform: PlatformFacts): Placing {
  const { superuserPsql } = platform;
  const conf = psWord(settingsFile(platform));
  const local = (path: string) => psWord(path.replaceAll('/', '\\'));
  return {
    language: 'powershell',
    byHand: {
      keep: (target) => [
        powershell`if ((Test-Path ${psWord(target)}) -and -not (Test-Path ${psWord(target + KEPT)})) { Copy-Item ${psWord(target)} ${psWord(target + KEPT)} }`,
      ],
      restore: (file, target) => [
        powershell`if (-not (Test-Path ${psWord(target)}) -or (Get-FileHash ${psWord(target)}).Hash -ne (Get-FileHash ${local(file.path)}).Hash) { ${psWord(changedSince(target))} } elseif (Test-Path ${psWord(target + KEPT)}) { Move-Item -Force ${psWord(target + KEPT)} ${psWord(target)} } else { ${isOurs(file) ? powershell`Remove-Item ${psWord(target)}` : psWord(noBackup(target))} }`,
      ],
    },
    install: (file, target) => [
      powershell`New-Item -ItemType Directory -Force ${psWord(target.slice(0, target.lastIndexOf('\\')))} | Out-Null`,
      powershell`Copy-Item ${local(file.path)} ${psWord(target)}`,
    ],
    append: (file) => [
      powershell`if (-not (Select-String -Quiet ${psWord(included('\\s'))} ${conf})) { Get-Content ${local(file.path)} | Add-Content ${conf} }`,
    ],
    runSql: (path) => powershell`${superuserPsql as PowerShell} -d postgres -f ${local(path)}`,
    psql: (statement) => powershell`${superuserPsql as PowerShell} -d postgres -c ${psWord(statement)}`,
    prompt: (statement) => powershell`${superuserPsql as PowerShell} -d postgres -c ${psWord(statement)}`,
    readable: (path) => powershell`icacls.exe ${psWord(path)}`,
  };
}
