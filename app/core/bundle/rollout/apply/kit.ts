import type { AccessModel, HbaEntry } from '../../../model/model.ts';
import { addressText, type Prefix, prefixText } from '../../../net/prefix.ts';
import { lines } from '../../../quote/lines.ts';
import { type Sh, sh, shEmbed, shWord } from '../../../quote/sh.ts';
import { type Sql, sql, sqlLiteral } from '../../../quote/sql.ts';
import { join } from '../../../quote/template.ts';
import { writtenEntries } from '../../postgres/hba.ts';
import { onHost } from '../../tls/install.ts';
import { serverTlsPaths } from '../../tls/paths.ts';
import { beside, type Host } from './host.ts';
import { hasHosts, tryHostCertificates } from './host-certificates.ts';
import { functionOf } from './uses.ts';

/**
 * The checks that run on the server's own machine; `verify.sh` runs the others from the clients' machines. The
 * superuser's login is first: an administrator who cannot log in cannot fix anything.
 */
export function testKit(model: AccessModel, host: Host): Sh[] {
  const check = host.all.find(({ phase }) => phase === 'check');
  const hbaEntries = host.machine === 'replicas' ? model.replicaHbaEntries : writtenEntries(model);
  return [
    ...lines(sh`
      answers_as_planned() { # an address of this machine, the certificate that clients will see, the host name that they send
        local seen where=$1
        if ! command -v ip >/dev/null || ! command -v openssl >/dev/null; then
          tell 'Without ip and openssl the test kit cannot try TLS.'
        elif [ -z "$(ip -o address show to "$1" 2>/dev/null)" ]; then tell "This machine does not carry $1 now, so nothing was tried there."
        else
          [[ $1 != *:* ]] || where="[$1]"
          seen=$(timeout 20 openssl s_client -starttls postgres -connect "$where:$port" \${3:+-servername "$3"} </dev/null 2>/dev/null | openssl x509 -noout -fingerprint -sha256 2>/dev/null) ||
            { tell "Nothing answers with TLS on $where port $port." >&2; return 1; }
          [ "$seen" = "$(openssl x509 -in "$2" -noout -fingerprint -sha256)" ] ||
            { tell "The server on $where port $port shows another certificate\${3:+ for $3} than $2." >&2; return 1; }
        fi
      }
    `),
    ...(check
      ? lines(sh`
          valid_certificates() { # 1: one of them ends soon, and everyone can still log in
            attempt bash "$here"/${shWord(beside(host, check))}
            case $outcome in
              0) ;;
              1) tell 'Warning: a certificate or revocation list ends soon: see above.' ;;
              *) tell 'A certificate or revocation list is missing or has expired.' >&2; return 1 ;;
            esac
          }
        `)
      : []),
    ...functionOf(sh`test_kit`, [
      ...lines(sh`
        local missing address
        [ "$(ask 'select current_user')" = "$superuser" ] || { tell 'The superuser cannot log in on the local socket.' >&2; return 1; }
      `),
      ...statements(hbaEntries).flatMap((rows) =>
        lines(sh`
          missing=$(ask ${shEmbed(missingRecords(rows))})
          [ -z "$missing" ] || { tell "pg_hba.conf lacks rules of the plan: $missing" >&2; return 1; }
        `),
      ),
      ...lines(sh`
        for address in "\${addresses[@]}"; do answers_as_planned "$address" "$certificate"; done
      `),
      ...(hasHosts(host) ? tryHostCertificates(model) : []),
      sh`check_overrides`,
      ...(check ? [sh`valid_certificates`] : []),
      ...lines(sh`
        tell 'The part of the test kit that runs on this machine passed.'
      `),
    ]),
  ];
}

/** The addresses that a client of this plan connects to, as far as the machine itself has them. */
export function triedAddresses(model: AccessModel, host: Host): string[] {
  if (host.machine === 'replicas')
    return [...(model.replicas.find(({ slug }) => host.folder === `replicas/${slug}`)?.addresses ?? [])];
  const reached = model.flows
    .filter(({ to, service }) => to === 'server' && service === 'postgresql')
    .flatMap(({ addresses }) => addresses.map(addressText));
  return [...new Set(reached)];
}

/** The certificate that the server presents, if this machine has it. */
export const shownCertificate = (model: AccessModel): Sh => shWord(onHost(model, serverTlsPaths(model).certificate));

/**
 * Characters of records in one statement. Linux allows at most 131,072 bytes in one argument of a program (`execve(2)`,
 * MAX_ARG_STRLEN), and a character has up to three bytes here.
 */
const STATEMENT = 30_000;

/** The records as SQL rows, in one list per statement. */
function statements(hbaEntries: readonly HbaEntry[]): Sql[][] {
  const found: Sql[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const text of hbaEntries.map(row)) {
    size += text.length;
    if (size > STATEMENT) {
      found.push([]);
      size = text.length;
    }
    found.at(-1)?.push(text);
  }
  return found;
}

/** Queries which of the plan's records are missing from pg_hba_file_rules. */
function missingRecords(rows: readonly Sql[]): Sql {
  return sql`select string_agg(concat_ws(' ', type, databases, roles, network, method), '; ') from (values ${join(rows, ', ')}) as plan (type, databases, roles, network, method)
    where not exists (select from pg_hba_file_rules as rule where rule.type = plan.type and rule.database = plan.databases and rule.user_name = plan.roles
      and rule.auth_method = plan.method and coalesce(rule.address, '') = case when network in ('', 'all') then network else host(network::inet) end
      and (network in ('', 'all') or rule.netmask = host(netmask(network::inet))))`;
}

function row({ connection, databases, roles, address, method }: HbaEntry): Sql {
  const names = (tokens: HbaEntry['databases'] | HbaEntry['roles']): Sql =>
    sql`array[${join(
      tokens.map((token) => sqlLiteral(token.kind === 'name' ? token.name : token.kind)),
      ', ',
    )}]`;
  return sql`(${sqlLiteral(connection)}, ${names(databases)}, ${names(roles)}, ${sqlLiteral(network(address))}, ${sqlLiteral(method)})`;
}

const network = (address: Prefix | 'all' | null): string =>
  address === null ? '' : address === 'all' ? address : prefixText(address);
