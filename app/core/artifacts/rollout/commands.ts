import { type PlatformFacts, pathIn } from '../../postgres/platform.ts';
import { type PowerShell, powershell, psWord } from '../../quote/powershell.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import type { FileDraft } from '../file.ts';

type Command = Sh | PowerShell;

const octal = (mode: number) => shWord(mode.toString(8).padStart(4, '0'));

/** Backups stand beside the file with this ending. The first one is kept: a second run must not back up our own file. */
const KEPT = '.before-postern';

/** How files of the database server are put in place on a platform, and taken back. */
export interface Placing {
  readonly language: 'sh' | 'powershell';
  readonly keep: (target: string) => Command[];
  readonly install: (file: FileDraft, target: string) => Command[];
  readonly append: (file: FileDraft) => Command[];
  readonly takeBack: (target: string) => Command[];
  readonly runSql: (path: string) => Command;
  readonly psql: (statement: string) => Command;
  /** As `psql`, for a statement that asks at the terminal. */
  readonly prompt: (statement: string) => Command;
}

export function placing(platform: PlatformFacts, superuser: string): Placing {
  if (platform.platform === 'windows') return windows(platform);
  return platform.platform === 'docker' ? docker(platform, superuser) : unix(platform);
}

const settingsFile = (platform: PlatformFacts) => pathIn(platform, platform.configDirectory, 'postgresql.conf');

/** The line that the drop-in needs, whoever wrote it; `blank` is white space as the reading program spells it. */
const included = (blank: string) => `^${blank}*include_dir${blank}*=?${blank}*'conf[.]d'`;
const INCLUDED = shWord(included('[[:space:]]'));

const directoryOf = (target: string) => shWord(target.slice(0, target.lastIndexOf('/')));

function unix(platform: PlatformFacts): Placing {
  const { osUser, superuserPsql } = platform;
  // On macOS the server runs as the person who installed it, and install(1) there has no -D.
  const macos = platform.platform === 'macos';
  const sudo = macos ? sh`` : sh`sudo `;
  const place = macos ? sh`install` : sh`sudo install -o ${shWord(osUser)} -g "$(id -gn ${shWord(osUser)})"`;
  const conf = shWord(settingsFile(platform));
  return {
    language: 'sh',
    keep: (target) => [
      sh`if ${sudo}test -e ${shWord(target)} && ! ${sudo}test -e ${shWord(target + KEPT)}; then ${sudo}cp -a ${shWord(target)} ${shWord(target + KEPT)}; fi`,
    ],
    install: (file, target) => [
      sh`${sudo}mkdir -p ${directoryOf(target)}`,
      sh`${place} -m ${octal(file.mode ?? 0o644)} ${shWord(file.path)} ${shWord(target)}`,
    ],
    append: (file) => [
      sh`${sudo}grep -Eq ${INCLUDED} ${conf} || ${sudo}tee -a ${conf} < ${shWord(file.path)} > /dev/null`,
    ],
    takeBack: (target) => [
      sh`if ${sudo}test -e ${shWord(target + KEPT)}; then ${sudo}mv ${shWord(target + KEPT)} ${shWord(target)}; else ${sudo}rm -f ${shWord(target)}; fi`,
    ],
    runSql: (path) => sh`${superuserPsql as Sh} -d postgres < ${shWord(path)}`,
    psql: (statement) => sh`${superuserPsql as Sh} -d postgres -c ${shWord(statement)}`,
    prompt: (statement) => sh`${superuserPsql as Sh} -d postgres -c ${shWord(statement)}`,
  };
}

function docker(platform: PlatformFacts, superuser: string): Placing {
  const { osUser, superuserPsql } = platform;
  const inside = (command: Sh) => sh`docker compose exec -T db ${command}`;
  const conf = settingsFile(platform);
  const script = (text: Sh) => inside(sh`sh -c ${shWord(text)}`);
  return {
    language: 'sh',
    keep: (target) => [
      script(
        sh`if test -e ${shWord(target)} && ! test -e ${shWord(target + KEPT)}; then cp -a ${shWord(target)} ${shWord(target + KEPT)}; fi`,
      ),
    ],
    install: (file, target) => [
      inside(sh`mkdir -p ${directoryOf(target)}`),
      sh`docker compose cp ${shWord(file.path)} ${shWord(`db:${target}`)}`,
      inside(sh`chown ${shWord(`${osUser}:`)} ${directoryOf(target)} ${shWord(target)}`),
      inside(sh`chmod ${octal(file.mode ?? 0o644)} ${shWord(target)}`),
    ],
    append: (file) => [
      sh`${script(sh`grep -Eq ${INCLUDED} ${shWord(conf)} || cat >> ${shWord(conf)}`)} < ${shWord(file.path)}`,
    ],
    takeBack: (target) => [
      script(
        sh`if test -e ${shWord(target + KEPT)}; then mv ${shWord(target + KEPT)} ${shWord(target)}; else rm -f ${shWord(target)}; fi`,
      ),
    ],
    runSql: (path) => sh`${superuserPsql as Sh} -d postgres < ${shWord(path)}`,
    psql: (statement) => sh`${superuserPsql as Sh} -d postgres -c ${shWord(statement)}`,
    prompt: (statement) =>
      sh`docker compose exec -u ${shWord(osUser)} db psql -U ${shWord(superuser)} -d postgres -c ${shWord(statement)}`,
  };
}

function windows(platform: PlatformFacts): Placing {
  const { superuserPsql } = platform;
  const conf = psWord(settingsFile(platform));
  const local = (path: string) => psWord(path.replaceAll('/', '\\'));
  return {
    language: 'powershell',
    keep: (target) => [
      powershell`if ((Test-Path ${psWord(target)}) -and -not (Test-Path ${psWord(target + KEPT)})) { Copy-Item ${psWord(target)} ${psWord(target + KEPT)} }`,
    ],
    install: (file, target) => [
      powershell`New-Item -ItemType Directory -Force ${psWord(target.slice(0, target.lastIndexOf('\\')))} | Out-Null`,
      powershell`Copy-Item ${local(file.path)} ${psWord(target)}`,
    ],
    append: (file) => [
      powershell`if (-not (Select-String -Quiet ${psWord(included('\\s'))} ${conf})) { Get-Content ${local(file.path)} | Add-Content ${conf} }`,
    ],
    takeBack: (target) => [
      powershell`if (Test-Path ${psWord(target + KEPT)}) { Move-Item -Force ${psWord(target + KEPT)} ${psWord(target)} } else { Remove-Item ${psWord(target)} }`,
    ],
    runSql: (path) => powershell`${superuserPsql as PowerShell} -d postgres -f ${local(path)}`,
    psql: (statement) => powershell`${superuserPsql as PowerShell} -d postgres -c ${psWord(statement)}`,
    prompt: (statement) => powershell`${superuserPsql as PowerShell} -d postgres -c ${psWord(statement)}`,
  };
}
