import type { Connection } from '../../hba-analysis/decide.ts';
import { prefixText } from '../../net/prefix.ts';
import { numericAddress } from '../../postgres/hba/address.ts';
import { type Hba, hba, hbaKeyword, hbaName, hbaToken } from '../../quote/hba.ts';

/** One role, one database, one address, with a password over TLS; for the socket, with a password. */
export function smallestRule(
  { transport, address = '', user, database, replication }: Omit<Connection, 'encryption' | 'roles'>,
  major: number,
): Hba | undefined {
  const names = hba`${replication ? hbaKeyword('replication') : hbaName(database, major)} ${hbaName(user, major)}`;
  if (/[\r\n\0]/.test(names)) return undefined;
  if (transport === 'local') return hba`local ${names} scram-sha-256`;
  const host = numericAddress(address);
  return host && hba`hostssl ${names} ${hbaToken(prefixText(host))} scram-sha-256`;
}
