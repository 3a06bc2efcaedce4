import { say } from '../../../messages/message.ts';
import type { AccessModel } from '../../../model/model.ts';
import { markdown, mdText } from '../../../quote/markdown.ts';
import { type Sh, sh, shWord } from '../../../quote/sh.ts';
import { type FileDraft, type FileOutline, RENEWAL } from '../../file.ts';
import { MAKE_CERTIFICATES } from '../../tls/certificates.ts';
import { copying } from '../../tls/copying.ts';
import { installer } from '../../tls/installer.ts';
import { MACHINES_FOLDER, receivers } from '../../tls/machines.ts';
import { clientCertificates, serverTlsPaths } from '../../tls/paths.ts';
import { inContainer } from '../apply/host.ts';
import { placing } from './placing.ts';
import { document, numbered, paragraph, section } from './step.ts';

/** Later tasks, if certificates are issued here: renewing, revoking, and a new CA. */
export function renewal(model: AccessModel, drafts: readonly FileOutline[]): FileDraft<'markdown'>[] {
  const check = drafts.find(({ phase }) => phase === 'renewal');
  if (!check) return [];
  const script = sh`bash ${shWord(MAKE_CERTIFICATES)}`;
  const [client] = clientCertificates(model);
  const { language } = placing(model);
  const folders = receivers(model).map(({ folder }) => folder);
  const copies = folders.map((folder) => copying(model, folder, [`${MACHINES_FOLDER}/${folder}`]));
  const steps = [
    { title: say('renewal.check').text, commands: [sh`bash ${shWord(check.path)}`] },
    { title: say('renewal.make').text, commands: [script] },
    {
      title: say('renewal.copy').text,
      ...(copies.includes(undefined) ? { text: [say('guide.copyWindows').text] } : {}),
      commands: copies.flatMap((commands) => commands ?? []),
    },
    {
      title: say('renewal.install').text,
      language,
      commands: [
        inContainer(model) ? sh`${installer(model) as Sh} ~/database-server` : installer(model),
        model.platform.reload,
      ],
      ...(inContainer(model) ? { text: [say('renewal.inCompose').text] } : {}),
    },
    ...model.replicas.flatMap(({ slug, name }) =>
      drafts
        .filter(({ path, server }) => server === 'certificates' && path.startsWith(`replicas/${slug}/`))
        .map(({ path }) => ({
          title: say('renewal.replica', { replica: name }).text,
          commands: [sh`sudo bash ${shWord(path)}`, model.platform.reload as Sh],
        })),
    ),
  ];
  return [
    document(RENEWAL, say('renewal.title'), [
      markdown`# ${mdText(say('renewal.heading').text)}`,
      ...paragraph(say('renewal.intro').text),
      ...numbered(steps),
      ...paragraph(say('renewal.handOut').text),
      ...(serverTlsPaths(model).crl === null || client === undefined
        ? []
        : section(
            say('renewal.revokeTitle').text,
            numbered([
              {
                title: say('renewal.revokeStep').text,
                text: [say('renewal.revoke').text],
                commands: [sh`${script} revoke ${shWord(client.slug)}`],
              },
            ]),
          )),
      ...(serverTlsPaths(model).crl !== null || client === undefined
        ? []
        : section(say('renewal.lostTitle').text, paragraph(say('renewal.lost').text))),
      ...section(say('renewal.rotateTitle').text, paragraph(say('renewal.rotate').text)),
    ]),
  ];
}
