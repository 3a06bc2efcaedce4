import { type Conninfo, conninfo, conninfoValue } from '../../quote/conninfo.ts';
import { join } from '../../quote/template.ts';
import type { Connection } from './connection.ts';

/** Keywords of libpq that a check changes. */
export interface Changes {
  readonly role?: string;
  readonly database?: string;
  readonly sslMode?: 'disable';
  readonly replication?: boolean;
}

/** libpq supports random order of the hosts since 16; before, it always uses the first that answers. */
export const balanced = (of: Connection): boolean => of.others.length > 0 && of.spreads;

/**
 * `host` and `hostaddr` as libpq lists them: every address has the name that its certificate must contain, so both
 * lists have the same length (manual 34.1.1.3). `address` is null where the names are enough.
 */
export function libpqHosts(of: Connection): { readonly host: string | null; readonly address: string | null } {
  const { host, hostAddresses, others } = of;
  if (host === null) return { host, address: null };
  if (hostAddresses.length === 0) return { host: [host, ...others.map((one) => one.host)].join(','), address: null };
  return { host: hostAddresses.map(() => host).join(','), address: hostAddresses.join(',') };
}

/** The connection as libpq's `keyword=value` string. Certificates come from the environment, which the script sets. */
export function conninfoOf(of: Connection, changes: Changes = {}): Conninfo {
  const role = changes.role ?? of.role;
  const database = changes.database ?? of.database;
  const sslMode = of.sslMode === null ? null : (changes.sslMode ?? of.sslMode);
  const inClear = sslMode === 'disable' || sslMode === null;
  const replication = changes.replication ?? of.replication;
  const { host, address } = libpqHosts(of);
  const pairs: (Conninfo | null)[] = [
    host === null ? null : conninfo`host=${conninfoValue(host)}`,
    address === null ? null : conninfo`hostaddr=${conninfoValue(address)}`,
    conninfo`port=${of.port}`,
    replication ? conninfo`replication=true` : conninfo`dbname=${conninfoValue(database)}`,
    conninfo`user=${conninfoValue(role)}`,
    sslMode === null ? null : conninfo`sslmode=${conninfoValue(sslMode)}`,
    of.direct && !inClear ? conninfo`sslnegotiation=direct` : null,
    of.root === null || inClear ? null : conninfo`sslrootcert=${conninfoValue(of.root)}`,
    of.channelBinding && !inClear ? conninfo`channel_binding=require` : null,
    ...(of.oauth === null
      ? []
      : [
          conninfo`oauth_issuer=${conninfoValue(of.oauth.issuer)}`,
          conninfo`oauth_client_id=${conninfoValue(of.oauth.clientId)}`,
        ]),
    of.libpqSessions === null ? null : conninfo`target_session_attrs=${conninfoValue(of.libpqSessions)}`,
    balanced(of) ? conninfo`load_balance_hosts=random` : null,
  ];
  return join(
    pairs.filter((pair) => pair !== null),
    ' ',
  );
}
