import type { Connection, Place } from '../../hba-analysis/decide.ts';
import { reachability } from '../../hba-analysis/reachability.ts';
import type { AskedConnection } from '../../link/screen.ts';
import { type Message, say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { readsReplicas } from '../../model/replicas.ts';
import { addressText, firstHost, parseAddress } from '../../net/prefix.ts';
import { type Ground, rawRecords } from './path.ts';
import { serverSocketOf } from './socket.ts';

/** A client of the plan as a connection: one for each family of its addresses. */
export interface PlanExample {
  readonly client: string;
  readonly asked: AskedConnection;
}

/** Connections of the plan's clients to the database server, each as its first role. */
export function planExamples({ clients }: AccessModel): PlanExample[] {
  return clients
    .filter(({ client }) => !readsReplicas(client))
    .flatMap(({ client, seenAs, addresses }): PlanExample[] => {
      const replication = client.replication === 'physical';
      const base: AskedConnection = {
        transport: 'tcp',
        encryption: 'tls',
        address: '',
        hostname: '',
        database: replication ? '' : client.databases === 'all' ? 'postgres' : (client.databases[0] ?? ''),
        user: client.roles[0] ?? '',
        roles: [],
        replication,
        to: '',
      };
      if (client.via === 'socket')
        return [{ client: client.name, asked: { ...base, transport: 'local', encryption: 'none' } }];
      return ([4, 6] as const).flatMap((family) => {
        const from = seenAs.find((prefix) => prefix.family === family);
        const to = addresses.find((address) => parseAddress(address)?.family === family) ?? '';
        return from ? [{ client: client.name, asked: { ...base, address: addressText(firstHost(from)), to } }] : [];
      });
    });
}

/** A record of the file, and a connection that it matches, or why there is none. */
export interface RecordExample extends Place {
  readonly record: string;
  readonly asked?: AskedConnection;
  readonly reason?: Message;
}

/** For each record of the file a connection that it matches and no earlier record does. */
export function recordExamples({ hba, files, conf }: Omit<Ground, 'model'>): RecordExample[] {
  const textOf = rawRecords(hba, files);
  const { ssl = true } = serverSocketOf(conf);
  return reachability(hba, { ssl }).map((reach): RecordExample => {
    const { line, file } = reach;
    const own = { line, ...(file === undefined ? {} : { file }), record: textOf(reach) };
    switch (reach.status) {
      case 'live':
        return { ...own, asked: askedOf(reach.witness) };
      case 'dead':
        return { ...own, reason: say('path.record.dead', { by: reach.by.slice(0, 8).map(placeText).join(', ') }) };
      default:
        return { ...own, reason: reach.reason };
    }
  });
}

const placeText = ({ line, file }: Place): string => (file === undefined ? String(line) : `${file}:${line}`);

const askedOf = (connection: Connection): AskedConnection => {
  const { transport, encryption, address = '', hostname = '', database, user, roles, replication } = connection;
  return {
    transport,
    encryption,
    address,
    hostname,
    database: replication ? '' : database,
    user,
    roles: [...roles],
    replication,
    to: '',
  };
};
