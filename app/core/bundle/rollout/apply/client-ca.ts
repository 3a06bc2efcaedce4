import type { AccessModel } from '../../../model/model.ts';
import { lines } from '../../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../../quote/sh.ts';
import { serverTlsPaths } from '../../tls/paths.ts';

/**
 * Stops if rules that stay require client certificates and the plan names another file of their CAs: PostgreSQL has one
 * `ssl_ca_file` for all rules.
 */
export function keepClientCa(model: AccessModel): Sh[] {
  const { clientCa } = serverTlsPaths(model);
  if (model.plan.server.rules !== 'merge' || clientCa === null) return [];
  return lines(sh`
    local present
    present=$(ask 'show ssl_ca_file')
    if [ -n "$present" ] && [ "$present" != ${shWord(clientCa)} ] && [ -n "$(ask "select 1 from pg_hba_file_rules where auth_method = 'cert' or array_to_string(options, ',') like '%clientcert=%' limit 1")" ]; then
      fail "Nothing was changed: rules of the present pg_hba.conf require client certificates of the CAs in $present (ssl_ca_file), and the plan would replace that file. Choose existing files for the server certificate in the plan, or remove those rules."
    fi
  `);
}
