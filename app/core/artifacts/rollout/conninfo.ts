import { type Conninfo, conninfo, conninfoValue } from '../../quote/conninfo.ts';
import { join } from '../../quote/template.ts';
import type { Connection } from './connection.ts';

/** Keywords of libpq that a check of the test kit changes. */
export interface Changes {
  readonly role?: string;
  readonly database?: string;
  readonly sslMode?: 'disable';
  readonly replication?: boolean;
}

/** libpq takes the hosts in a random order from 16 on; before, always the first that answers. */
export const balanced = (of: Connection): boolean => of.others.length > 0 && of.spreads;

/** The connection as libpq's `keyword=value` string. Certificates come from the environment, which the script sets. */
export function conninfoOf(of: Connection, changes: Changes = {}): Conninfo {
  const role = changes.role ?? of.role;
  const database = changes.database ?? of.database;
  const sslMode = of.sslMode === null ? null : (changes.sslMode ?? of.sslMode);
  const inClear = sslMode === 'disable' || sslMode === null;
  const replication = changes.replication ?? of.replication;
  const pairs: (Conninfo | null)[] = [
    of.host === null
      ? null
      : conninfo`host=${conninfoValue([of.host, ...of.others.map(({ host }) => host)].join(','))}`,
    of.hostAddress === null ? null : conninfo`hostaddr=${conninfoValue(of.hostAddress)}`,
    conninfo`port=${of.port}`,
    replication ? conninfo`replication=true` : conninfo`dbname=${conninfoValue(database)}`,
    conninfo`user=${conninfoValue(role)}`,
    sslMode === null ? null : conninfo`sslmode=${conninfoValue(sslMode)}`,
    of.direct && !inClear ? conninfo`sslnegotiation=direct` : null,
    of.root === null || inClear ? null : conninfo`sslrootcert=${conninfoValue(of.root)}`,
    of.channelBinding && !inClear ? conninfo`channel_binding=require` : null,
    of.libpqSessions === null ? null : conninfo`target_session_attrs=${conninfoValue(of.libpqSessions)}`,
    balanced(of) ? conninfo`load_balance_hosts=random` : null,
  ];
  return join(
    pairs.filter((pair) => pair !== null),
    ' ',
  );
}
