import type { AccessModel } from '../../access/model.ts';
import { say } from '../../messages/message.ts';
import { lines } from '../../quote/lines.ts';
import { powershell, psWord } from '../../quote/powershell.ts';
import { type Sh, sh, shEmbed, shWord } from '../../quote/sh.ts';
import type { Block } from '../file.ts';
import { serverCertificates } from './names.ts';
import { clientCertificates, replicaCertificates, serverTlsPaths } from './paths.ts';

/** The end of `make-certificates.sh`: says which file goes where, and what stays. */
export function closing(model: AccessModel, own: boolean): Block<'sh'> {
  return {
    lines: [
      sh`tell 'What goes where:'`,
      ...toServer(model, own),
      ...(own
        ? [tell('To every client: ca.crt as ~/.postgresql/root.crt (on Windows %APPDATA%\\postgresql\\root.crt).')]
        : []),
      ...clientCertificates(model).flatMap(({ role, slug }) => [
        tell(
          `To the machines that log in as ${role}: clients/${slug}.crt and clients/${slug}.key into ~/.postgresql, then there:`,
        ),
        tell(`  chmod 600 ~/.postgresql/${slug}.key`),
      ]),
      ...replicaCertificates(model).map(({ replica, slug }) =>
        tell(`To ${replica}: ${slug}.crt, ${slug}.key and ca.crt, beside its make-standby.sh.`),
      ),
      ...lines(sh`
        tell 'ca.key stays here. Whoever has it can let anyone in: keep it offline, with a copy in a safe place.'
      `),
    ],
    reason: { message: say('certificates.closing'), path: 'security.certificate.source' },
  };
}

const tell = (text: string): Sh => sh`tell ${shWord(text)}`;

function toServer(model: AccessModel, own: boolean): Sh[] {
  if (model.platform.platform === 'windows') return toWindows(model, own);
  const [, ...replicas] = own ? serverCertificates(model) : [];
  const files = own ? 'server.crt, server.key and ca.crt' : 'ca.crt';
  return [
    tell(`To the database server: ${files}, into one directory with install-certificates.sh, then there:`),
    tell('  sudo bash install-certificates.sh'),
    ...replicas.flatMap(({ file, names }) => [
      tell(`To ${names[0] ?? file}: ${file}.crt, ${file}.key and ca.crt, in the same way, then there:`),
      tell(`  sudo bash install-certificates.sh . ${file}`),
    ]),
  ];
}

/** There PostgreSQL does not look at the permissions of the key (`be-secure-common.c`), so `icacls` does what the check asks elsewhere. */
function toWindows(model: AccessModel, own: boolean): Sh[] {
  const { certificate, key, clientCa } = serverTlsPaths(model);
  const copy = (from: string, to: string) => sh`tell ${shEmbed(powershell`  Copy-Item ${psWord(from)} ${psWord(to)}`)}`;
  const grant = (right: string) => psWord(`${model.platform.osUser}:${right}`);
  return [
    tell('To the database server, in PowerShell as administrator, from the directory with the copied files:'),
    ...(own ? [copy('server.crt', certificate), copy('server.key', key)] : []),
    ...(clientCa === null ? [] : [copy('ca.crt', clientCa)]),
    ...(own
      ? [
          sh`tell ${shEmbed(powershell`  icacls ${psWord(key)} /inheritance:r /grant:r ${grant('(R)')} ${psWord('Administrators:(F)')}`)}`,
          tell('  Remove-Item server.key'),
        ]
      : []),
  ];
}
