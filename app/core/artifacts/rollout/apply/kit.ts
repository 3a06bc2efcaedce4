import type { AccessModel, Grant } from '../../../access/model.ts';
import { addressText, type Prefix, prefixText } from '../../../net/prefix.ts';
import { lines } from '../../../quote/lines.ts';
import { type Sh, sh, shEmbed, shWord } from '../../../quote/sh.ts';
import { type Sql, sql, sqlLiteral } from '../../../quote/sql.ts';
import { join } from '../../../quote/template.ts';
import { onHost } from '../../tls/install.ts';
import { serverTlsPaths } from '../../tls/paths.ts';
import type { Host } from './host.ts';
import { functionOf } from './uses.ts';

/**
 * What of the test kit runs on the server's own machine; `verify.sh` asks the rest from where the clients are. The
 * superuser's login stands first: whoever cannot get in can repair nothing.
 */
export function testKit(model: AccessModel, host: Host): Sh[] {
  const grants = host.machine === 'replicas' ? model.replicaGrants : model.grants;
  return [
    ...lines(sh`
      answers_as_planned() { # an address of this machine: the certificate that clients will see
        local seen
        if ! command -v ip >/dev/null || ! command -v openssl >/dev/null; then
          tell 'Without ip and openssl the test kit cannot try TLS.'
        elif [ -z "$(ip -o address show to "$1" 2>/dev/null)" ]; then tell "This machine does not carry $1 now, so nothing was tried there."
        else
          [[ $1 != *:* ]] || set -- "[$1]"
          seen=$(timeout 20 openssl s_client -starttls postgres -connect "$1:$port" </dev/null 2>/dev/null | openssl x509 -noout -fingerprint -sha256 2>/dev/null) ||
            { tell "Nothing answers with TLS on $1 port $port." >&2; return 1; }
          [ "$seen" = "$(openssl x509 -in "$certificate" -noout -fingerprint -sha256)" ] ||
            { tell "On $1 port $port another certificate than $certificate answers." >&2; return 1; }
        fi
      }
    `),
    ...functionOf(sh`test_kit`, [
      ...lines(sh`
        local missing address
        [ "$(ask 'select current_user')" = "$superuser" ] || { tell 'The superuser does not get in by the local socket.' >&2; return 1; }
        missing=$(ask ${shEmbed(missingRecords(grants))})
        [ -z "$missing" ] || { tell "pg_hba.conf lacks records of the plan: $missing" >&2; return 1; }
        for address in "\${addresses[@]}"; do answers_as_planned "$address"; done
        tell 'What of the test kit runs on this machine holds.'
      `),
    ]),
  ];
}

/** The addresses that a client of this plan connects to, as far as the machine can carry them itself. */
export function triedAddresses(model: AccessModel, host: Host): string[] {
  if (host.machine === 'replicas')
    return [...(model.replicas.find(({ slug }) => host.folder === `replicas/${slug}`)?.addresses ?? [])];
  const reached = model.flows
    .filter(({ to, service }) => to === 'server' && service === 'postgresql')
    .flatMap(({ addresses }) => addresses.map(addressText));
  return [...new Set(reached)];
}

/** The certificate that the server shows, where this machine has it. */
export const shownCertificate = (model: AccessModel): Sh => shWord(onHost(model, serverTlsPaths(model).certificate));

/** Asks which of the plan's records pg_hba_file_rules does not have. */
function missingRecords(grants: readonly Grant[]): Sql {
  return sql`select string_agg(concat_ws(' ', type, databases, roles, network, method), '; ') from (values ${join(grants.map(row), ', ')}) as plan (type, databases, roles, network, method)
    where not exists (select from pg_hba_file_rules as rule where rule.type = plan.type and rule.database = plan.databases and rule.user_name = plan.roles
      and rule.auth_method = plan.method and coalesce(rule.address, '') = case when network in ('', 'all') then network else host(network::inet) end
      and (network in ('', 'all') or rule.netmask = host(netmask(network::inet))))`;
}

function row({ connection, databases, roles, address, method }: Grant): Sql {
  const names = (tokens: Grant['databases'] | Grant['roles']): Sql =>
    sql`array[${join(
      tokens.map((token) => sqlLiteral(token.kind === 'name' ? token.name : token.kind)),
      ', ',
    )}]`;
  return sql`(${sqlLiteral(connection)}, ${names(databases)}, ${names(roles)}, ${sqlLiteral(network(address))}, ${sqlLiteral(method)})`;
}

const network = (address: Prefix | 'all' | null): string =>
  address === null ? '' : address === 'all' ? address : prefixText(address);
