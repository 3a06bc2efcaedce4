import { type Connection, decide } from '../../hba-analysis/decide.ts';
import { addressText } from '../../net/prefix.ts';
import { type ParseHbaOptions, parseHba } from '../../postgres/hba/hba.ts';
import { networkOf } from '../../postgres/hba/network.ts';
import type { HbaRecord, Method } from '../../postgres/hba/record.ts';

/** The methods that a cause is about. */
const METHODS_OF: Readonly<Record<string, readonly Method[]>> = {
  'ident-failed': ['ident'],
  'peer-failed': ['peer'],
  'pam-failed': ['pam'],
  'password-refused': ['scram-sha-256', 'md5', 'password'],
  'wrong-password': ['scram-sha-256', 'md5', 'password'],
  'no-password-given': ['scram-sha-256', 'md5', 'password'],
};

/** A rule of the file that the user's connection can have matched, and what it is for. */
export interface MethodRule {
  readonly line: number;
  readonly file?: string;
  readonly text: string;
  /** It is for ::1, and a rule for 127.0.0.1 has another method. */
  readonly ipv4?: { readonly line: number; readonly method: Method };
}

/** The rules with the methods of a cause that are the first match of some connection of the user. */
export function rulesByMethod(
  cause: string,
  user: string,
  hba: string,
  options: ParseHbaOptions,
): readonly MethodRule[] {
  const methods = METHODS_OF[cause];
  if (!methods) return [];
  const parsed = parseHba(hba, options);
  if (parsed.refused.length > 0) return [];
  const matching = parsed.records.filter(({ line, file, record }) => {
    if (!methods.includes(record.method)) return false;
    const found = decide(parsed, connectionOf(record, user));
    return found.outcome === 'record' && found.line === line && found.file === file;
  });
  return matching.map(({ line, file, record }) => {
    const tried = connectionOf(record, user);
    const ipv4 = tried.address === '::1' ? decide(parsed, { ...tried, address: '127.0.0.1' }) : undefined;
    const text = file === undefined ? (parsed.lines.find(({ number }) => number === line)?.raw.trim() ?? '') : '';
    return {
      line,
      ...(file === undefined ? {} : { file }),
      text: text.replaceAll(/\s+/g, ' '),
      ...(ipv4?.outcome === 'record' && ipv4.method !== record.method
        ? { ipv4: { line: ipv4.line, method: ipv4.method } }
        : {}),
    };
  });
}

/** A connection of the user that the record's own fields match, if its user field does. */
function connectionOf({ type, databases, address }: HbaRecord, user: string): Connection {
  const [token] = databases;
  const keyword = token !== undefined && !token.quoted;
  const replication = keyword && token.text === 'replication';
  const any = !token || (keyword && ['all', 'sameuser', 'samerole', 'samegroup'].includes(token.text));
  const about = { user, database: any ? user : token.text, roles: [], replication };
  if (type === 'local') return { ...about, transport: 'local', encryption: 'none' };
  const network = networkOf(address);
  return {
    ...about,
    transport: 'tcp',
    encryption: type === 'hostssl' ? 'tls' : type === 'hostgssenc' ? 'gss' : 'none',
    address: network ? addressText(network) : '203.0.113.50',
  };
}
