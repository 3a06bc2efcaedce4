import { atRecord, type HbaRule } from '../rule.ts';

export const hostName: HbaRule = {
  id: 'host-name',
  severity: 'notice',
  title: 'A record by name stands on DNS',
  why: 'PostgreSQL looks up the name of the client’s address and then the addresses of that name; both must agree. A missing or slow reverse zone refuses or delays logins, and whoever controls the zone controls access.',
  wrong: 'hostssl all all app.example.com scram-sha-256',
  right: 'hostssl all all 203.0.113.7/32 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  *check({ hba }) {
    for (const placed of hba.records) {
      const { address } = placed.record;
      if (address?.kind !== 'name') continue;
      const odd = !/^\.?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.?$/.test(address.name) || /^[0-9.]+$/.test(address.name);
      yield atRecord(
        placed,
        odd
          ? `“${address.name}” is read as the name of a host, and no host has it: the record matches nobody.`
          : `It matches only while reverse and forward DNS of ${address.name} agree.`,
      );
    }
  },
};
