import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import { join } from '../../quote/template.ts';
import type { Block } from '../file.ts';
import { asksCertificates, replicaCertificates, serverTlsPaths } from './paths.ts';

/** A machine that gets files from `make-certificates.sh`: its folder in the bundle, and the names of the files. */
export interface Receiver {
  readonly folder: string;
  readonly files: readonly string[];
}

/** Each machine with exactly the files that it needs. The key of the CA is in none of them. */
export function receivers(model: AccessModel): Receiver[] {
  const { certificate } = model.plan.security;
  const { network } = model.plan;
  const own = certificate.source === 'own-ca';
  if (!own && !asksCertificates(model)) return [];
  const trust = ['ca.crt', ...(serverTlsPaths(model).crl === null ? [] : ['ca.crl'])];
  const pair = (name: string) => [`${name}.crt`, `${name}.key`];
  const streams = replicaCertificates(model).length > 0;
  return [
    { folder: 'database-server', files: [...(own ? pair('server') : []), ...trust] },
    ...(own || streams
      ? model.replicas.map(({ slug }) => ({
          folder: `replicas/${slug}`,
          files: [...(own ? pair(`server-${slug}`) : []), ...(streams ? pair(`replication-${slug}`) : []), ...trust],
        }))
      : []),
    ...(own && network.pattern === 'bastion' && network.proxy.kind === 'pgbouncer'
      ? [{ folder: 'bastion', files: [...pair('bastion'), 'ca.crt'] }]
      : []),
  ];
}

/** Where `make-certificates.sh` puts the files of a machine, relative to the folder of the bundle. */
export const MACHINES_FOLDER = 'your-machine/certificates/machines';

/** The folders mirror those of the bundle, so that one can be copied onto the other. They are recreated in each run. */
export const sorting = (model: AccessModel): Block<'sh'> => ({
  lines: [
    ...lines(sh`
      machine() { # folder, files: copies of those that exist
        local folder=machines.new/$1 file
        shift
        mkdir -p "$folder"
        for file in "$@"; do [ ! -e "$file" ] || cp "$file" "$folder/$file"; done
      }
    `),
    ...receivers(model).map(({ folder, files }): Sh => sh`machine ${shWord(folder)} ${join(files.map(shWord), ' ')}`),
    ...lines(sh`
      rm -rf machines
      mv machines.new machines
    `),
  ],
  reason: { message: say('certificates.machines'), path: 'security.certificate.source' },
});
