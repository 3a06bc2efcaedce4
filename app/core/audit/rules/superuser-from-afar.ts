import { checkAssertion } from '../../hba-analysis/assertions.ts';
import { LOOPBACK } from '../../net/loopback.ts';
import { setOf } from '../../net/set.ts';
import { inColumns } from '../../postgres/hba/columns.ts';
import type { Hba } from '../../postgres/hba/hba.ts';
import { isLoopback } from '../../postgres/hba/network.ts';
import { atRecord, type HbaRule } from '../rule.ts';

/** The bootstrap superuser of packages and images. Others are not known from the file. */
const SUPERUSER = 'postgres';

const loopback = setOf(Object.values(LOOPBACK));

/**
 * The line of the main file above every record that is about other machines. If an include contributes the first of
 * them, the line after the last record of the main file above it: a record does not store the position of its include.
 */
function aboveRemote({ lines, records }: Hba): number {
  let above = 0;
  for (const { line, file, record } of records) {
    const remote = record.address !== null && !isLoopback(record);
    if (remote && file === undefined) return line;
    if (remote) break;
    if (file === undefined) above = line;
  }
  return lines.find(({ number }) => number > above)?.number ?? above + 1;
}

export const superuserFromAfar: HbaRule = {
  id: 'superuser-from-afar',
  severity: 'high',
  title: 'The superuser can log in from other hosts',
  why: 'A superuser can read and change everything and run programs on the server. Administer the server through SSH and the local socket, and keep the superuser out of network rules; all includes it.',
  wrong: 'hostssl all postgres 203.0.113.0/24 scram-sha-256',
  right: 'local all postgres peer',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  *check({ hba, ssl }) {
    const inForce = ssl ? hba : { ...hba, records: hba.records.filter(({ record }) => record.type !== 'hostssl') };
    const witness = checkAssertion(inForce, { kind: 'only-from', roles: [SUPERUSER], networks: loopback });
    if (witness.holds !== 'no' || witness.decision.outcome !== 'record') return;
    const { line, file } = witness.decision;
    const placed = hba.records.find((one) => one.line === line && one.file === file);
    const at = aboveRemote(hba);
    if (placed)
      yield atRecord(
        placed,
        `${SUPERUSER} can log in from ${witness.witness.address} through this rule. A reject rule above it closes every such path.`,
        {
          title: 'Reject the superuser from other hosts',
          file: 'pg_hba.conf',
          edits: [
            { kind: 'insert', line: at, text: inColumns(hba, at, `host all,replication ${SUPERUSER} all reject`) },
          ],
        },
      );
  },
};
