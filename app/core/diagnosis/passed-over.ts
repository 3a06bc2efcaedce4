import type { Connection, Skip } from '../hba-analysis/decide.ts';
import { addressText } from '../net/prefix.ts';
import { numericAddress } from '../postgres/hba/address.ts';
import type { PlacedRecord } from '../postgres/hba/hba.ts';
import { networkOf, sourceText } from '../postgres/hba/network.ts';
import type { HbaRecord } from '../postgres/hba/record.ts';
import type { Token } from '../postgres/hba/token.ts';

/** Why a record did not match a connection. */
export interface PassedOver {
  readonly line: number;
  readonly file?: string;
  readonly reason: string;
  /** It depends on what the files do not contain: memberships, DNS, the server's own addresses. */
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
          ? 'The rule is for the Unix socket, and the client connects over TCP.'
          : 'The rule is for TCP, and the client connects over the Unix socket.',
      );
    case 'encryption':
      return surely(encryptionReason(record.type, connection.encryption));
    case 'address':
      return addressReason(record, connection);
    case 'database':
      if (connection.replication) return surely("The rule doesn't name `replication`, which `all` doesn't include.");
      return nameReason('database', record.databases, connection.database);
    case 'user':
      return nameReason('role', record.users, connection.user);
  }
}

const CAME = { none: 'unencrypted', tls: 'over TLS', gss: 'with GSSAPI encryption' } as const;

function encryptionReason(type: HbaRecord['type'], encryption: Connection['encryption']): string {
  const wanted = {
    hostssl: 'only for TLS connections',
    hostnossl: 'only for connections without TLS',
    hostgssenc: 'only for connections with GSSAPI encryption',
    hostnogssenc: 'only for connections without GSSAPI encryption',
    host: 'for any connection',
    local: 'for any connection',
  }[type];
  return `The rule is ${wanted}, and the client connects ${CAME[encryption]}.`;
}

function addressReason(record: HbaRecord, connection: Connection): Reason {
  const { address } = record;
  const client = numericAddress(connection.address ?? '');
  const from = client ? addressText(client) : (connection.address ?? '');
  if (address?.kind === 'name')
    return perhaps(
      `The rule is for the host name ${address.name}. Whether ${from} resolves to that name and back depends on DNS.`,
    );
  if (address?.kind !== 'network')
    return perhaps(
      `The rule is for the server's own ${address?.kind === 'samehost' ? 'addresses' : 'networks'}, which the files don't show.`,
    );
  const source = sourceText(record);
  if (client && client.family !== address.address.family)
    return surely(
      `${source} contains only IPv${address.address.family} addresses, and the client connects over IPv${client.family}.`,
    );
  const known = networkOf(address);
  if (known?.bits === 0n && known.length > 8)
    return surely(`${source} matches almost nothing. For all of IPv${known.family}, the prefix length is /0.`);
  return surely(`${source} does not contain ${from}.`);
}

function nameReason(what: 'database' | 'role', tokens: readonly Token[], name: string): Reason {
  const own = tokens.map(({ text, quoted }) => (quoted ? `"${text}"` : text)).join(', ');
  const doubtful = tokens.some(
    ({ text, quoted }) => !quoted && (text.startsWith('+') || ['samerole', 'samegroup'].includes(text)),
  );
  const sentence = `The rule is for the ${what} ${own}, and the client requests ${name}.`;
  if (doubtful) return perhaps(`${sentence} Role memberships aren't in the files.`);
  const alike = tokens.some(({ text }) => text !== name && text.toLowerCase() === name.toLowerCase());
  if (alike) return surely(`${sentence} Names are case-sensitive here.`);
  const quoted = tokens.some(({ text, quoted }) => quoted && text === 'all');
  return surely(quoted ? `${sentence} In quotes, all is an ordinary name.` : sentence);
}
