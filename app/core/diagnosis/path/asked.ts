import { byteLength } from '../../bytes/bytes.ts';
import type { Connection } from '../../hba-analysis/decide.ts';
import type { AskedConnection } from '../../link/screen.ts';
import { type Message, say } from '../../messages/message.ts';
import { isLoopback } from '../../net/loopback.ts';
import { addressText, firstHost, network, parseAddress } from '../../net/prefix.ts';
import { numericAddress } from '../../postgres/hba/address.ts';
import { storedName } from '../../postgres/name.ts';
import type { Result } from '../../result.ts';

export type AskedField = 'address' | 'hostname' | 'to' | 'database' | 'user' | 'encryption';

/**
 * Why the input does not describe a connection: a field without a value, or with a wrong one and a likely right one.
 */
export interface AskedProblem {
  readonly field: AskedField;
  /** null: the field is empty. */
  readonly message: Message | null;
  readonly fix?: string;
}

/** A connection to follow, and the address of the server if it was entered. */
export type ReadAsked = Result<{ readonly connection: Connection; readonly to: string }, AskedProblem>;

/** Reads the input. Without a database, the database named like the user is requested, as libpq does. */
export function readAsked(asked: AskedConnection, major: number): ReadAsked {
  const typed = (text: string | undefined) => (text ?? '').trim();
  const tcp = asked.transport === 'tcp';
  const [address, hostname, to] = [typed(asked.address), typed(asked.hostname), typed(asked.to)];
  const { user, replication } = asked;
  const database = asked.database === '' ? user : asked.database;
  const issues: AskedProblem[] = [
    ...(tcp && address === '' ? [{ field: 'address', message: null } as const] : []),
    ...(user === '' ? [{ field: 'user', message: null } as const] : []),
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
  if (issues.length > 0) return { ok: false, issues };
  const about = { database: replication ? '' : database, user, roles: asked.roles, replication };
  const connection: Connection = tcp
    ? { ...about, transport: 'tcp', encryption: asked.encryption, address, ...(hostname === '' ? {} : { hostname }) }
    : { ...about, transport: 'local', encryption: 'none' };
  return { ok: true, value: { connection, to } };
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
  const fix = storedName(value);
  return fix === value
    ? []
    : [{ field, message: say('asked.name.long', { value, bytes: byteLength(value), fix }), fix }];
}
