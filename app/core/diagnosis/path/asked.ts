import type { Connection } from '../../access/decide.ts';
import type { AskedConnection } from '../../link/screen.ts';
import { type Message, say } from '../../messages/message.ts';
import { addressText, firstHost, network, parseAddress } from '../../net/prefix.ts';
import { numericAddress } from '../../postgres/hba/address.ts';
import { byteLength } from '../../postgres/hba/token.ts';
import { isLoopback } from './filters.ts';

export type AskedField = 'address' | 'hostname' | 'to' | 'database' | 'user' | 'encryption';

/** Why what was typed describes no connection, and what to take instead where that is likely. */
export interface AskedProblem {
  readonly field: AskedField;
  readonly message: Message;
  readonly fix?: string;
}

/** A connection to follow, or what keeps the typed words from being one. */
export type ReadAsked =
  | { readonly ok: true; readonly connection: Connection; readonly to: string }
  | { readonly ok: false; readonly missing: readonly AskedField[]; readonly problems: readonly AskedProblem[] };

/** Bytes of a name that PostgreSQL keeps (`NAMEDATALEN`). */
const LONGEST_NAME = 63;

/** Reads what was typed. Without a database a client asks for the one that is called as its user, as libpq does. */
export function readAsked(asked: AskedConnection, major: number): ReadAsked {
  const typed = (text: string | undefined) => (text ?? '').trim();
  const tcp = asked.transport === 'tcp';
  const [address, hostname, to] = [typed(asked.address), typed(asked.hostname), typed(asked.to)];
  const { user, replication } = asked;
  const database = asked.database === '' ? user : asked.database;
  const missing: AskedField[] = [
    ...(tcp && address === '' ? ['address' as const] : []),
    ...(user === '' ? ['user' as const] : []),
  ];
  const problems = [
    ...(tcp && address !== '' ? addressProblems(address) : []),
    ...(tcp && /\s/.test(hostname)
      ? [{ field: 'hostname', message: say('asked.hostname.blank', { value: hostname }) } as const]
      : []),
    ...(tcp ? targetProblems(to, address) : []),
    ...(tcp && asked.encryption === 'gss' && major < 12
      ? [{ field: 'encryption', message: say('asked.gss.major', { major }) } as const]
      : []),
    ...nameProblems('user', user),
    ...(replication ? [] : nameProblems('database', asked.database)),
  ];
  if (missing.length > 0 || problems.length > 0) return { ok: false, missing, problems };
  const about = { database: replication ? '' : database, user, roles: asked.roles, replication };
  const connection: Connection = tcp
    ? { ...about, transport: 'tcp', encryption: asked.encryption, address, ...(hostname === '' ? {} : { hostname }) }
    : { ...about, transport: 'local', encryption: 'none' };
  return { ok: true, connection, to };
}

function addressProblems(value: string): AskedProblem[] {
  if (parseAddress(value) || (value.includes('%') && numericAddress(value))) return [];
  const [host = '', length = ''] = value.split('/');
  const inside = value.includes('/') ? parseAddress(host) : undefined;
  if (inside) {
    const whole = /^[0-9]{1,3}$/.test(length) && Number(length) <= inside.length && network(inside, Number(length));
    const fix = addressText(whole && whole.bits === inside.bits ? firstHost(whole) : inside);
    return [{ field: 'address', message: say('asked.address.network', { value }), fix }];
  }
  const old = numericAddress(value);
  if (old) {
    const fix = addressText(old);
    return [{ field: 'address', message: say('asked.address.spelling', { value, fix }), fix }];
  }
  return [{ field: 'address', message: say('asked.address.name', { value }) }];
}

function targetProblems(value: string, address: string): AskedProblem[] {
  if (/[/\s]/.test(value)) return [{ field: 'to', message: say('asked.to.network', { value }) }];
  const [target, client] = [numericAddress(value), numericAddress(address)];
  if (!target || !client) return [];
  if (target.family !== client.family)
    return [{ field: 'to', message: say('asked.to.family', { value, family: target.family, other: client.family }) }];
  return isLoopback(target) && !isLoopback(client)
    ? [{ field: 'to', message: say('asked.to.loopback', { value }) }]
    : [];
}

function nameProblems(field: 'user' | 'database', value: string): AskedProblem[] {
  if (value.includes('\0')) return [{ field, message: say('asked.name.control') }];
  const bytes = byteLength(value);
  if (bytes <= LONGEST_NAME) return [];
  let fix = '';
  for (const character of value) {
    if (byteLength(fix + character) > LONGEST_NAME) break;
    fix += character;
  }
  return [{ field, message: say('asked.name.long', { value, bytes, fix }), fix }];
}
