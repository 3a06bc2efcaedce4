import { checkAssertion } from '../../hba-analysis/assertions.ts';
import { reachability } from '../../hba-analysis/reachability.ts';
import { LOOPBACK } from '../../net/loopback.ts';
import { contains, type Prefix, prefixText } from '../../net/prefix.ts';
import { setOf } from '../../net/set.ts';
import { inColumns } from '../../postgres/hba/columns.ts';
import { type Edit, editHba } from '../../postgres/hba/edit.ts';
import { type Hba, parseAgain } from '../../postgres/hba/hba.ts';
import { isLoopback, networkOf } from '../../postgres/hba/network.ts';
import type { HbaRecord } from '../../postgres/hba/record.ts';
import { hbaName } from '../../quote/hba.ts';
import { recordText } from '../record-text.ts';
import { atRecord, type Fix, type HbaInput, type HbaRule } from '../rule.ts';

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

/** The loopback part of a record's source, in the syntax of pg_hba.conf; none if the files don't tell. */
function loopbackPart({ address }: HbaRecord): readonly Prefix[] {
  const networks = Object.values(LOOPBACK);
  if (address?.kind === 'all') return networks;
  const own = networkOf(address);
  if (!own) return [];
  return networks.flatMap((network) => (contains(own, network) ? [network] : contains(network, own) ? [own] : []));
}

/** The rules of the main file from a line on, as far as they are about the superuser on loopback. */
function onLoopback(hba: Hba, from: number, superuser: string): readonly string[] {
  return hba.records.flatMap((placed) => {
    const { users } = placed.record;
    const isMeant = users.some(({ text, quoted }) => text === superuser || (text === 'all' && !quoted));
    if (placed.file !== undefined || placed.line < from || !isMeant) return [];
    return loopbackPart(placed.record).flatMap((network) => {
      const edit = recordText(hba, placed, { users: hbaName(superuser, hba.major), address: prefixText(network) });
      return edit?.kind === 'replace' ? [edit.text] : [];
    });
  });
}

/** Whether the rules can make another unreachable, or be so themselves: else the file needs no second analysis. */
const mayDie = (hba: Hba, at: number, superuser: string, added: readonly string[]): boolean =>
  added.length > 1 ||
  hba.records.some(
    ({ line, file, record }) =>
      file === undefined && line >= at && record.users.every(({ text }) => text === superuser),
  );

const deadAfter = (hba: Hba, edits: readonly Edit[], ssl: boolean): ReadonlySet<number> =>
  new Set(
    reachability(parseAgain(editHba(hba, edits), hba), { ssl }).flatMap(({ status, line }) =>
      status === 'dead' ? [line] : [],
    ),
  );

/**
 * A reject rule above the first rule about other hosts. Above it, copies of the rules below that are about the superuser
 * on loopback, so that nothing changes there; the rules that it makes unreachable are deleted.
 */
function rejection({ hba, ssl, superuser, reach }: HbaInput): Fix {
  const at = aboveRemote(hba);
  const reject = inColumns(hba, at, `host all,replication ${hbaName(superuser, hba.major)} all reject`);
  const added = [...onLoopback(hba, at, superuser), reject];
  const inserts = added.map((text) => ({ kind: 'insert', line: at, text }) as const);
  const dead = mayDie(hba, at, superuser, added) ? deadAfter(hba, inserts, ssl) : new Set<number>();
  const deletes = reach().flatMap(({ status, line, file }) =>
    file === undefined && line >= at && status !== 'dead' && dead.has(line + added.length)
      ? [{ kind: 'delete', line } as const]
      : [],
  );
  return {
    title: 'Reject the superuser from other hosts',
    file: 'pg_hba.conf',
    edits: [...inserts.filter((_, index) => !dead.has(at + index)), ...deletes],
    promise: { kind: 'closes', role: superuser },
    // The copies require what the rules below require.
    leaves: ['md5-method'],
  };
}

/** A superuser is a member of a role (`+role`) only if that was granted (`hba.c`, `is_member_of_role_nosuper`). */
const NO_MEMBERSHIPS = {};

export const superuserFromAfar: HbaRule = {
  id: 'superuser-from-afar',
  severity: 'high',
  title: 'The superuser can log in from other hosts',
  why: 'A superuser can read and change everything and run programs on the server. Administer the server through SSH and the local socket, and keep the superuser out of network rules; all includes it. A rule for +role is not reported, because it matches a superuser only if the superuser is granted that role.',
  wrong: 'hostssl all postgres 203.0.113.0/24 scram-sha-256',
  right: 'local all postgres peer',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  *check(input) {
    const { hba, ssl, superuser } = input;
    const inForce = ssl ? hba : { ...hba, records: hba.records.filter(({ record }) => record.type !== 'hostssl') };
    const assertion = { kind: 'only-from', roles: [superuser], networks: loopback } as const;
    const witness = checkAssertion(inForce, assertion, NO_MEMBERSHIPS);
    if (witness.holds !== 'no' || witness.decision.outcome !== 'record') return;
    const { line, file } = witness.decision;
    const placed = hba.records.find((one) => one.line === line && one.file === file);
    if (placed)
      yield atRecord(
        placed,
        `${superuser} can log in from ${witness.witness.address} through this rule. A reject rule above it closes every such path.`,
        rejection(input),
      );
  },
};
