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
      ...clientCertificates(model).map(({ role, slug }) =>
        tell(`To whoever logs in as ${role}: bundles/${slug}.tar.gz, by a way that you would trust with a password.`),
      ),
      ...replicaCertificates(model).map(({ replica, slug }) =>
        tell(`To ${replica}: ${slug}.crt, ${slug}.key, ${trustFiles(model)}, beside its make-standby.sh.`),
      ),
      ...lines(sh`
        tell 'The folders authority-N stay here. Whoever has the key in one can let anyone in: keep them offline, with a copy in a safe place.'
      `),
    ],
    reason: { message: say('certificates.closing'), path: 'security.certificate.source' },
  };
}

const trustFiles = (model: AccessModel) => (serverTlsPaths(model).crl === null ? 'ca.crt' : 'ca.crt and ca.crl');

const tell = (text: string): Sh => sh`tell ${shWord(text)}`;

function toServer(model: AccessModel, own: boolean): Sh[] {
  if (model.platform.platform === 'windows') return toWindows(model, own);
  const [, ...replicas] = own ? serverCertificates(model) : [];
  const files = own ? `server.crt, server.key, ${trustFiles(model)}` : 'ca.crt';
  return [
    tell(`To the database server: ${files}, into one directory with install-certificates.sh, then there:`),
    tell('  sudo bash install-certificates.sh'),
    ...replicas.flatMap(({ file, names }) => [
      tell(`To ${names[0] ?? file}: ${file}.crt, ${file}.key, ${trustFiles(model)}, in the same way, then there:`),
      tell(`  sudo bash install-certificates.sh . ${file}`),
    ]),
  ];
}

/** There PostgreSQL does not look at the permissions of the key (`be-secure-common.c`), so `icacls` does what the check asks elsewhere. */
function toWindows(model: AccessModel, own: boolean): Sh[] {
  const { certificate, key, clientCa, crl } = serverTlsPaths(model);
  const copy = (from: string, to: string) => sh`tell ${shEmbed(powershell`  Copy-Item ${psWord(from)} ${psWord(to)}`)}`;
  const grant = (right: string) => psWord(`${model.platform.osUser}:${right}`);
  return [
    tell('To the database server, in PowerShell as administrator, from the directory with the copied files:'),
    ...(own ? [copy('server.crt', certificate), copy('server.key', key)] : []),
    ...(clientCa === null ? [] : [copy('ca.crt', clientCa)]),
    ...(crl === null ? [] : [copy('ca.crl', crl)]),
    ...(own
      ? [
          sh`tell ${shEmbed(powershell`  icacls ${psWord(key)} /inheritance:r /grant:r ${grant('(R)')} ${psWord('Administrators:(F)')}`)}`,
          tell('  Remove-Item server.key'),
        ]
      : []),
  ];
}
