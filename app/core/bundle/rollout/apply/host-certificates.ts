import type { AccessModel } from '../../../model/model.ts';
import { lines } from '../../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../../quote/sh.ts';
import { onHost } from '../../tls/install.ts';
import { serverTlsPaths } from '../../tls/paths.ts';
import type { Host } from './host.ts';

/** Whether the machine gets a `pg_hosts.conf`. */
export const hasHosts = ({ postgres }: Host): boolean => postgres.some(({ server }) => server === 'hosts');

/**
 * Stops if the new file would take something away: entries that somebody else has written, in the present file or in the
 * one of the plan, and the CA of client certificates, which the server takes from `pg_hosts.conf` alone.
 */
export function keepHostCertificates(model: AccessModel): Sh[] {
  const { clientCa } = serverTlsPaths(model);
  const othersStay = model.plan.server.rules === 'merge' && clientCa === null;
  return [
    ...lines(sh`
      local path theirs
      for path in "$config/pg_hosts.conf" "$(ask "select setting from pg_settings where name = 'hosts_file' and current_setting('ssl_sni')::boolean")"; do
        if [[ $path == "$inside"/* ]]; then path=$config\${path#"$inside"}; fi
        # Those that the last change left, or that the new file has again, are ours.
        theirs=$(grep -Ev '^[[:space:]]*(#|$)' "$path" 2>/dev/null | grep -Fxv -f <(cat "$(last_change)/after$path" "$here"/pg_hosts.conf 2>/dev/null) | head -n 1 || true)
        if [ -n "$theirs" ]; then
          fail "Nothing was changed: $path has certificates for host names that Postern did not write: $theirs. Add them to the plan, and remove those lines first."
        fi
      done
    `),
    ...(othersStay
      ? lines(sh`
          if [ -n "$(ask "select 1 from pg_hba_file_rules where auth_method = 'cert' or array_to_string(options, ',') like '%clientcert=verify%' limit 1")" ]; then
            fail 'Nothing was changed: rules of the present pg_hba.conf require client certificates, and with pg_hosts.conf the server does not use ssl_ca_file. Remove the certificates of further host names from the plan, or those rules.'
          fi
        `)
      : []),
  ];
}

/** Compares the certificate of each host name, where its file is on this machine. */
export function tryHostCertificates(model: AccessModel): Sh[] {
  return model.plan.security.hostCertificates.flatMap(({ name, certificateFile }) => {
    const file = shWord(onHost(model, certificateFile));
    return lines(sh`
      for address in "\${addresses[@]}"; do
        [ ! -e ${file} ] || answers_as_planned "$address" ${file} ${shWord(name)}
      done
    `);
  });
}
