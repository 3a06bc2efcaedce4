import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { type Sh, sh, shEmbed, shWord } from '../../quote/sh.ts';
import type { Block } from '../file.ts';
import { installer } from './installer.ts';
import { receivers } from './machines.ts';
import { clientCertificates } from './paths.ts';

/** The end of `make-certificates.sh`: lists which file goes where, and what remains. */
export function closing(model: AccessModel, own: boolean): Block<'sh'> {
  const install = installer(model);
  return {
    lines: [
      tell('Copy to each machine only its own folder, onto the folder of the same name in the bundle there:'),
      ...receivers(model).map(({ folder }) => tell(`  certificates/machines/${folder}`)),
      tell('On the database server apply.sh installs the files. Without apply.sh, run there:'),
      sh`tell ${shEmbed(install)}`,
      ...(own ? [tell('To every client: ca.crt, which clients/add-ca.sh adds to ~/.postgresql/root.crt.')] : []),
      ...clientCertificates(model).map(({ role, slug }) =>
        tell(
          `To the person or service that logs in as ${role}: bundles/${slug}.tar.gz, by a channel you trust with a password.`,
        ),
      ),
      tell(
        'The folders authority-N stay on this machine. Anyone who has the key in one of them and its passphrase can issue certificates: keep them offline, with a copy in a safe place.',
      ),
    ],
    reason: { message: say('certificates.closing'), path: 'security.certificate.source' },
  };
}

const tell = (text: string): Sh => sh`tell ${shWord(text)}`;
