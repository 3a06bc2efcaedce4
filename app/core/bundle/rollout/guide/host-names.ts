import { say } from '../../../messages/message.ts';
import type { AccessModel } from '../../../model/model.ts';
import { powershell, psWord } from '../../../quote/powershell.ts';
import { sh, shWord } from '../../../quote/sh.ts';
import { certificateGroups } from '../../postgres/hosts.ts';
import { onHost } from '../../tls/install.ts';
import { serverTlsPaths } from '../../tls/paths.ts';
import type { Placing } from './placing.ts';
import type { Step } from './step.ts';

/** Before the restart, by hand: no view shows errors of `pg_hosts.conf`, and a server that can't read a file of it doesn't start. */
export function hostFileSteps({ plan }: AccessModel, place: Placing): Step[] {
  const groups = certificateGroups(plan.security.hostCertificates);
  if (groups.length === 0) return [];
  const isWindows = place.language === 'powershell';
  return [
    {
      title: say('guide.hostFilesTitle').text,
      text: [say('guide.hostFiles').text],
      language: place.language,
      commands: groups.flatMap(({ certificateFile, keyFile }) => [certificateFile, keyFile].map(place.readable)),
      after: [say(isWindows ? 'guide.hostFilesListed' : 'guide.hostFilesExpected').text],
    },
  ];
}

/** On the database server: which certificate is for which name, and whether it contains the name. */
export function hostNameSteps(model: AccessModel, { language }: Placing): Step[] {
  const groups = certificateGroups(model.plan.security.hostCertificates);
  if (groups.length === 0) return [];
  const isWindows = language === 'powershell';
  return [
    {
      title: say('guide.hostNamesTitle').text,
      text: [
        say('guide.hostNames', { certificate: serverTlsPaths(model).certificate }).text,
        ...groups.map(
          ({ names, certificateFile }) =>
            say('guide.hostName', { names: names.join(', '), certificate: certificateFile }).text,
        ),
        say(isWindows ? 'guide.hostNamesListed' : 'guide.hostNamesContained').text,
      ],
      language,
      commands: isWindows
        ? groups.map(({ certificateFile }) => powershell`certutil.exe -dump ${psWord(certificateFile)}`)
        : groups.flatMap(({ names, certificateFile }) =>
            names.map(
              (name) =>
                sh`sudo openssl x509 -noout -checkhost ${shWord(name)} -in ${shWord(onHost(model, certificateFile))}`,
            ),
          ),
      after: [say('guide.hostNamesRenew').text],
    },
  ];
}

/** For the clients of those names: their CA can be another than that of the server certificate. */
export function hostClientSteps({ plan }: AccessModel): Step[] {
  const { hostCertificates } = plan.security;
  if (hostCertificates.length === 0) return [];
  return [
    {
      title: say('guide.hostClientsTitle').text,
      text: [say('guide.hostClients').text],
      commands: hostCertificates.map(
        ({ name }) =>
          sh`openssl s_client -starttls postgres -connect ${shWord(`${name}:${plan.server.port}`)} -servername ${shWord(name)} -verify_hostname ${shWord(name)} -verify_return_error -brief -CAfile CA_FILE </dev/null`,
      ),
      after: [say('guide.hostClientsExpected').text],
    },
  ];
}
