import { lineAt } from '../../postgres/hba/hba.ts';
import { fixesOf } from '../fixes.ts';
import { recordText, writtenField } from '../record-text.ts';
import { atRecord, type HbaRule } from '../rule.ts';

/** A number is accepted on every host; a name only where an interface has it (`getaddrinfo`). */
const said = (zone: string, address: string): string =>
  /^[0-9]+$/.test(zone)
    ? `PostgreSQL ignores %${zone} and compares only ${address}.`
    : `If the server’s host has an interface ${zone}, PostgreSQL ignores it and compares only ${address}. Otherwise it rejects the whole file.`;

export const zoneInAddress: HbaRule = {
  id: 'zone-in-address',
  severity: 'medium',
  title: 'The network interface in an address is ignored',
  why: 'What the server does with the name of an interface depends on its host. If the interface exists when the server reads the file, PostgreSQL ignores it and compares only the address, so the rule applies to clients on every interface. If it does not exist, PostgreSQL reads the address as a host name and rejects the whole file. The same file can load on one host and not on another.',
  wrong: 'hostssl all all fe80::1%lo/128 scram-sha-256',
  right: 'hostssl all all fe80::1/128 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
    { title: 'RFC 4007, IPv6 Scoped Address Architecture', url: 'https://www.rfc-editor.org/rfc/rfc4007#section-11' },
  ],
  near: true,
  *check({ hba }) {
    for (const placed of hba.records) {
      if (placed.record.address?.kind !== 'network') continue;
      // Few lines have one, so that few are taken apart.
      if (!lineAt(hba, placed.line)?.raw.includes('%')) continue;
      const fields = [writtenField(hba, placed, 3), writtenField(hba, placed, 4)];
      const written = fields[0]?.includes('/') ? fields.slice(0, 1) : fields;
      const zone = written.map((field) => /%[^/]*/.exec(field ?? '')?.[0]).find((found) => found !== undefined);
      if (zone === undefined) continue;
      const address = written.map((field) => (field ?? '').replace(/%[^/]*/, '')).join(' ');
      yield atRecord(
        placed,
        said(zone.slice(1), address),
        ...fixesOf(recordText(hba, placed, { address }), `Change to ${address}`, { kind: 'same' }),
      );
    }
  },
};
