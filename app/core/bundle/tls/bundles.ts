import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import { join } from '../../quote/template.ts';
import type { Block } from '../file.ts';
import type { ClientCertificate } from './paths.ts';

/**
 * One folder and one archive for each role. The key has no password: services could not type one, and one that is sent
 * along with the key protects nothing. pgJDBC reads keys as PKCS #8 in DER (its manual, "Configuring the client").
 */
export const bundling = (own: boolean): Block<'sh'> => ({
  lines: lines(sh`
    bundle() { # client, lines of the bundle's README.txt
      local name=$1 folder=bundles/$1 readme
      shift
      readme=$(printf '%s\n' "$@")
      if [ ! -e "clients/$name.crt" ]; then return 0; fi
      if [ -e "$folder.tar.gz" ] && cmp -s "clients/$name.crt" "$folder/$name.crt" && cmp -s "clients/$name.key" "$folder/$name.key" && [ "$readme" = "$(cat "$folder/README.txt")" ]${own ? sh` && cmp -s ca.crt "$folder/root.crt"` : sh``}; then return 0; fi
      rm -rf "$folder.tar.gz" "$folder" # the archive first and made last: where it is, it is whole
      mkdir -p "$folder"
      cp "clients/$name.crt" "clients/$name.key" "$folder/"
      ${own ? sh`cp ca.crt "$folder/root.crt"` : sh`:`}
      openssl pkcs8 -topk8 -nocrypt -in "clients/$name.key" -outform DER -out "$folder/$name.pk8"
      printf '%s\n' "$readme" >"$folder/README.txt"
      COPYFILE_DISABLE=1 tar -C bundles -czf "$folder.tar.gz.new" "$name"
      mv "$folder.tar.gz.new" "$folder.tar.gz"
      tell "made certificates/bundles/$name.tar.gz: give it to the person who logs in as that role"
    }
  `),
  reason: { message: say('certificates.bundles'), path: 'clients' },
});

/** The bundle of one role, with the text of its README. */
export function bundleOf({ plan }: AccessModel, own: boolean, { role, slug }: ClientCertificate): Sh {
  const values = { role, name: slug, host: plan.server.name ?? say('bundle.server').text };
  const said = [
    say('bundle.what', values),
    ...(own ? [say('bundle.root', values)] : []),
    say('bundle.pair', values),
    say('bundle.java', values),
    say('bundle.secret', values),
  ];
  return sh`bundle ${shWord(slug)} ${join(
    said.map(({ text }) => shWord(text)),
    ' ',
  )}`;
}
