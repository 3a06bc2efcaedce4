import { checkAssertion } from '../../access/reach/assertions.ts';
import { setOf } from '../../net/set.ts';
import type { Hba } from '../../postgres/hba/hba.ts';
import { isLoopback } from '../../postgres/hba/network.ts';

import { atRecord, type HbaRule } from '../rule.ts';

/** The bootstrap superuser of packages and images. Others are not known from the file. */
const SUPERUSER = 'postgres';

const loopback = setOf([
  { family: 4, bits: 127n << 24n, length: 8 },
  { family: 6, bits: 1n, length: 128 },
]);

/** Line of the first record that is about other machines. */
const firstRemote = ({ records }: Hba): number =>
  records.find(({ record, file }) => file === undefined && record.address !== null && !isLoopback(record))?.line ?? 1;

export const superuserFromAfar: HbaRule = {
  id: 'superuser-from-afar',
  severity: 'critical',
  title: 'The superuser can log in from other machines',
  why: 'A superuser reads and changes everything and runs programs on the server. Administer through SSH and the local socket, and keep its name out of records for the network; all includes it.',
  wrong: 'hostssl all postgres 203.0.113.0/24 scram-sha-256',
  right: 'local all postgres peer',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  *check({ hba }) {
    const witness = checkAssertion(hba, { kind: 'only-from', roles: [SUPERUSER], networks: loopback });
    if (witness.holds !== 'no' || witness.decision.outcome !== 'record') return;
    const { line, file } = witness.decision;
    const placed = hba.records.find((one) => one.line === line && one.file === file);
    if (placed)
      yield atRecord(
        placed,
        `${SUPERUSER} may log in from ${witness.witness.address} by this record. A record that refuses it above closes all such ways.`,
        {
          title: 'Refuse the superuser from other machines',
          file: 'pg_hba.conf',
          edits: [{ kind: 'insert', line: firstRemote(hba), text: `host all,replication ${SUPERUSER} all reject` }],
        },
      );
  },
};
