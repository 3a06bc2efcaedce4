import { mayDecide } from '../../hba-analysis/reachability.ts';
import { isLoopback, networkOf, sourceText } from '../../postgres/hba/network.ts';
import { atRecord, type HbaRule } from '../rule.ts';

export const replicationOpen: HbaRule = {
  id: 'replication-open',
  severity: 'high',
  title: 'Anyone can try to copy the whole cluster',
  why: 'A replication connection can read every byte of every database, including the password hashes. Allow it only from known hosts, for a dedicated role, over TLS.',
  wrong: 'host replication all 0.0.0.0/0 md5',
  right: 'hostssl replication replicator 10.0.0.5/32 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  near: true,
  *check({ hba, reach }) {
    const reached = reach();
    for (const [index, placed] of hba.records.entries()) {
      const { databases, address, method } = placed.record;
      if (address === null || method === 'reject' || isLoopback(placed.record) || !mayDecide(reached[index])) continue;
      if (!databases.some(({ text, quoted }) => text === 'replication' && !quoted)) continue;
      const known = networkOf(address);
      const wide = address.kind === 'all' || (known !== undefined && known.length < (known.family === 4 ? 16 : 32));
      if (wide) yield atRecord(placed, `Replication, which reads all data, is open to ${sourceText(placed.record)}.`);
    }
  },
};
