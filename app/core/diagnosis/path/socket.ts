import type { Connection } from '../../hba-analysis/decide.ts';
import { type Message, say } from '../../messages/message.ts';
import { addressText, type Family, type Prefix, samePrefix } from '../../net/prefix.ts';
import { type Conf, type ConfSetting, effectiveSettings } from '../../postgres/conf/conf.ts';
import { isLoopbackHost, isWhole, listensOn, sslOf } from '../../postgres/conf/facts.ts';
import { numericAddress } from '../../postgres/hba/address.ts';
import type { Hop } from './hop.ts';

/** What postgresql.conf says about the listening sockets; undefined means unknown. */
export interface ServerSocket {
  readonly settings: ReadonlyMap<string, ConfSetting>;
  /** The file is given, with all its includes. */
  readonly known: boolean;
  readonly given: boolean;
  readonly port: number;
  readonly ssl: boolean | undefined;
  /** The directory of the Unix socket: `''` if there is none. */
  readonly directory: string;
}

/** Where packages put the socket. */
const USUAL_DIRECTORY = '/var/run/postgresql';

export function serverSocketOf(conf: Conf | undefined): ServerSocket {
  const settings = conf ? effectiveSettings(conf) : new Map<string, ConfSetting>();
  const known = conf !== undefined && isWhole(conf);
  const port = Number(settings.get('port')?.value);
  const directories = settings.get('unix_socket_directories')?.value.split(',');
  return {
    settings,
    known,
    given: conf !== undefined,
    port: Number.isInteger(port) && port > 0 && port < 65536 ? port : 5432,
    ssl: sslOf(settings, known),
    directory: directories ? (directories[0]?.trim().replace(/^"(.*)"$/, '$1') ?? '') : USUAL_DIRECTORY,
  };
}

const CONF = 'postgresql.conf';
const lineOf = (setting: ConfSetting | undefined): Pick<Hop, 'at'> =>
  setting ? { at: { file: setting.file ?? CONF, line: setting.line } } : {};

/** The socket of the server that takes the connection. */
export function socketHop(connection: Connection, to: string, server: ServerSocket): Hop {
  return connection.transport === 'local' ? fileSocket(server) : tcpSocket(connection, to, server);
}

function fileSocket({ settings, directory }: ServerSocket): Hop {
  const at = lineOf(settings.get('unix_socket_directories'));
  return directory === ''
    ? { kind: 'socket', verdict: 'stops', says: [say('path.socket.noFile')], ...at }
    : { kind: 'socket', verdict: 'passes', says: [say('path.socket.file', { directory })], ...at };
}

function tcpSocket(connection: Connection, to: string, { settings, known, given, port }: ServerSocket): Hop {
  const setting = settings.get('listen_addresses');
  const hop = (verdict: Hop['verdict'], ...says: Message[]): Hop => ({
    kind: 'socket',
    verdict,
    says,
    ...lineOf(setting),
  });
  if (!setting && !known) return hop('unknown', say(given ? 'path.socket.included' : 'path.socket.unknown'));
  const entries = listensOn(settings) ?? ['localhost'];
  const unset = setting ? [] : [say('path.socket.default')];
  if (entries.length === 0) return hop('stops', say('path.socket.nothing'));
  const client = numericAddress(connection.address ?? '') as Prefix;
  const { family } = client;
  const values = { addresses: entries.join(', '), port, to, family };
  if (entries.some((entry) => isEverywhere(entry, family))) return hop('passes', say('path.socket.everywhere', values));
  const target = numericAddress(to);
  const names = entries.some((entry) => !numericAddress(entry) && !isLoopbackHost(entry));
  if (target) {
    if (entries.some((entry) => listensAt(entry, target)))
      return hop('passes', say('path.socket.own', { ...values, to: addressText(target) }));
    return names
      ? hop('depends', say('path.socket.where', values))
      : hop('stops', say('path.socket.other', values), ...unset);
  }
  const reachable = entries.filter((entry) => !isLoopbackHost(entry));
  if (reachable.length === 0) return hop('stops', say('path.socket.loopback', values), ...unset);
  const ofFamily = reachable.filter((entry) => {
    const own = numericAddress(entry);
    return !own || own.family === family;
  });
  return ofFamily.length === 0
    ? hop('stops', say('path.socket.family', values))
    : hop('depends', say('path.socket.where', values), ...unset);
}

/** `::` accepts only IPv6: PostgreSQL requests that (`IPV6_V6ONLY`). */
const isEverywhere = (entry: string, family: Family): boolean =>
  entry === '*' || entry === (family === 4 ? '0.0.0.0' : '::');

const loopbackOf = (family: Family): Prefix =>
  family === 4 ? { family, bits: 0x7f000001n, length: 32 } : { family, bits: 1n, length: 128 };

function listensAt(entry: string, target: Prefix): boolean {
  if (entry === '*' || isEverywhere(entry, target.family)) return true;
  if (entry.toLowerCase() === 'localhost') return samePrefix(target, loopbackOf(target.family));
  const own = numericAddress(entry);
  return own !== undefined && samePrefix(own, target);
}

/** Whether the server can encrypt as the client requests. */
export function tlsHop({ transport, encryption }: Connection, { settings, ssl }: ServerSocket): Hop[] {
  if (transport === 'local') return [];
  const setting = settings.get('ssl');
  switch (encryption) {
    case 'none':
      return [{ kind: 'tls', verdict: 'passes', says: [say('path.tls.none')] }];
    case 'gss':
      return [{ kind: 'tls', verdict: 'depends', says: [say('path.tls.gss')] }];
    default:
      if (ssl === undefined) return [{ kind: 'tls', verdict: 'unknown', says: [say('path.tls.unknown')] }];
      return ssl
        ? [{ kind: 'tls', verdict: 'passes', says: [say('path.tls.on')], ...lineOf(setting) }]
        : [{ kind: 'tls', verdict: 'stops', says: [say('path.tls.off')], ...lineOf(setting) }];
  }
}
