import type { Connection, Skip } from '../access/decide.ts';
import { addressText } from '../net/prefix.ts';
import { numericAddress } from '../postgres/hba/address.ts';
import type { PlacedRecord } from '../postgres/hba/hba.ts';
import { networkOf, sourceText } from '../postgres/hba/network.ts';
import type { HbaRecord } from '../postgres/hba/record.ts';
import type { Token } from '../postgres/hba/token.ts';

/** Why a record did not catch a connection. */
export interface PassedOver {
  readonly line: number;
  readonly file?: string;
  readonly reason: string;
  /** It depends on what no file tells: memberships, DNS, the server's own addresses. */
  readonly uncertain: boolean;
}

/** The reason in words, for the field that did not match. */
export function passedOver({ record, line, file }: PlacedRecord, skip: Skip, connection: Connection): PassedOver {
  return { line, ...(file === undefined ? {} : { file }), ...reasonOf(record, skip.field, connection) };
}

type Reason = Pick<PassedOver, 'reason' | 'uncertain'>;
const surely = (reason: string): Reason => ({ reason, uncertain: false });
const perhaps = (reason: string): Reason => ({ reason, uncertain: true });

function reasonOf(record: HbaRecord, field: Skip['field'], connection: Connection): Reason {
  switch (field) {
    case 'type':
      return surely(
        record.type === 'local'
          ? 'It is for the Unix socket, and the client came over TCP.'
          : 'It is for TCP, and the client came over the Unix socket.',
      );
    case 'encryption':
      return surely(encryptionReason(record.type, connection.encryption));
    case 'address':
      return addressReason(record, connection);
    case 'database':
      if (connection.replication) return surely('It does not name `replication`, which `all` does not include.');
      return nameReason('database', record.databases, connection.database);
    case 'user':
      return nameReason('role', record.users, connection.user);
  }
}

const CAME = { none: 'in clear text', tls: 'over TLS', gss: 'over GSSAPI encryption' } as const;

function encryptionReason(type: HbaRecord['type'], encryption: Connection['encryption']): string {
  const wanted = {
    hostssl: 'only for connections over TLS',
    hostnossl: 'only for connections without TLS',
    hostgssenc: 'only for connections over GSSAPI encryption',
    hostnogssenc: 'only for connections without GSSAPI encryption',
    host: 'for any',
    local: 'for any',
  }[type];
  return `It is ${wanted}, and the client came ${CAME[encryption]}.`;
}

function addressReason(record: HbaRecord, connection: Connection): Reason {
  const { address } = record;
  const client = numericAddress(connection.address ?? '');
  const from = client ? addressText(client) : (connection.address ?? '');
  if (address?.kind === 'name')
    return perhaps(`It is for the host name ${address.name}; DNS alone tells whether ${from} has it, there and back.`);
  if (address?.kind !== 'network')
    return perhaps(
      `It is for the server's own ${address?.kind === 'samehost' ? 'addresses' : 'networks'}, which no file tells.`,
    );
  const source = sourceText(record);
  if (client && client.family !== address.address.family)
    return surely(
      `${source} holds IPv${address.address.family} addresses alone, and the client came over IPv${client.family}.`,
    );
  const known = networkOf(address);
  if (known?.bits === 0n && known.length > 8)
    return surely(`${source} is nearly nothing: the whole of IPv${known.family} has the length /0.`);
  return surely(`${source} does not hold ${from}.`);
}

function nameReason(what: 'database' | 'role', tokens: readonly Token[], name: string): Reason {
  const own = tokens.map(({ text, quoted }) => (quoted ? `"${text}"` : text)).join(', ');
  const doubtful = tokens.some(
    ({ text, quoted }) => !quoted && (text.startsWith('+') || ['samerole', 'samegroup'].includes(text)),
  );
  const sentence = `It is for the ${what} ${own}, and the client asked for ${name}.`;
  if (doubtful) return perhaps(`${sentence} Which roles are members of others no file tells.`);
  const alike = tokens.some(({ text }) => text !== name && text.toLowerCase() === name.toLowerCase());
  if (alike) return surely(`${sentence} Upper and lower case differ here.`);
  const quoted = tokens.some(({ text, quoted }) => quoted && text === 'all');
  return surely(quoted ? `${sentence} In quotes, all is a name like any other.` : sentence);
}
